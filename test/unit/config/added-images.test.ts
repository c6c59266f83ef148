/** Images and deadlines that a part brings along. */
import { describe, expect, it } from 'vitest';
import type { Additions } from '../../../src/config/additions.ts';
import { configJsonSchema } from '../../../src/config/json-schema.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { defaultConfig, ownAdditions } from '../../../src/wiring/own-house.ts';

const OWN = ownAdditions();
const additions: Additions = {
  ...OWN,
  images: { ...OWN.images, wiki: { reference: 'example/wiki:2.1', about: 'the wiki' } },
  timed: [...OWN.timed, 'wiki'],
};
const configOf = (text: string) => loadConfig(text, 'chatops.yaml', additions).config;

describe('an image of a part', () => {
  it('is its default, beside those of the core', () => {
    expect(configOf('{}\n').images).toEqual({ ...defaultConfig().images, wiki: 'example/wiki:2.1' });
  });

  it('is the one that chatops.yaml names', () => {
    expect(configOf('images: { wiki: "mirror.example.org/wiki:2.2" }\n').images.wiki).toBe(
      'mirror.example.org/wiki:2.2',
    );
  });

  it('must be pinned as all others', () => {
    expect(() => configOf('images: { wiki: example/wiki }\n')).toThrowError(/images\.wiki: .*may be another version/);
  });

  it('stands in the JSON Schema with its default', () => {
    expect(configJsonSchema(additions)).toMatchObject({
      properties: {
        images: { properties: { wiki: { default: 'example/wiki:2.1', description: 'Image of the wiki, pinned.' } } },
      },
    });
  });

  it('is unknown without its part', () => {
    expect(() => loadConfig('images: { wiki: "a:1.2" }\n', 'chatops.yaml', OWN)).toThrowError(/unknown key `wiki`/);
  });
});

describe('a deadline of a part', () => {
  it('is read like those of the core', () => {
    expect(configOf('timeouts: { wiki: 90s, gitlab: 20m }\n').timeouts).toEqual({ wiki: 90_000, gitlab: 1_200_000 });
  });

  it('is refused with the nearest name where it is misspelt', () => {
    expect(() => configOf('timeouts: { wikki: 90s }\n')).toThrowError(/unknown key `wikki`[\s\S]*write `wiki`/);
  });
});
