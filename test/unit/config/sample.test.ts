import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configJsonSchema } from '../../../src/config/json-schema.ts';
import { sampleConfig } from '../../../src/config/sample.ts';
import { applySettings } from '../../../src/config/settings.ts';
import { defaultConfig, ownAdditions } from '../../../src/wiring/own-house.ts';
import { loadOwn, ownConfigOf } from '../../helpers/own-config.ts';

const load = (text: string) => ownConfigOf(text);
const SAMPLE = sampleConfig(ownAdditions());
const edited = (...settings: readonly string[]) => applySettings(SAMPLE, settings, configJsonSchema(ownAdditions()));

describe('the sample chatops.yaml', () => {
  it('loads to the defaults without a warning', () => {
    const { config, warnings } = loadOwn(SAMPLE);
    expect(config).toEqual(defaultConfig());
    expect(warnings).toEqual([]);
  });

  it('begins with the line by which editors find the schema', () => {
    expect(SAMPLE.split('\n')[0]).toBe('# yaml-language-server: $schema=.chatops/chatops.schema.json');
  });

  it('mentions every key of the schema', () => {
    const text = SAMPLE;
    const keys = (node: Readonly<Record<string, unknown>>): readonly string[] =>
      Object.entries(node).flatMap(([name, child]) => {
        // Of the texts, which are many, one is shown.
        if (typeof child !== 'object' || child === null || name === 'wording') return [];
        const own = name === 'properties' ? Object.keys(child) : [];
        return [...own, ...keys(child as Readonly<Record<string, unknown>>)];
      });
    expect(keys(configJsonSchema(ownAdditions())).filter((key) => !new RegExp(`\\b${key}\\b`).test(text))).toEqual([]);
  });

  it('shows the pinned images as they are when nothing is said', () => {
    const lines = SAMPLE.split('\n');
    const start = lines.indexOf('# images:');
    const shown = lines
      .slice(start, start + 1 + Object.keys(defaultConfig().images).length)
      .map((line) => line.replace(/^# /, ''));
    expect(parse(shown.join('\n'))).toEqual({ images: defaultConfig().images });
  });

  it('shows the deadlines that are worth raising on a slow machine', () => {
    expect(SAMPLE).toContain('# timeouts:\n#   gitlab: 20m\n#   announcement: 20m\n');
  });

  it('announces in the first room when there is no ci', () => {
    expect(load(edited('chat.rooms=[dev]')).gitlab.announce[0]?.room).toBe('dev');
    expect(load(edited('chat.rooms=[]')).gitlab.announce[0]?.room).toBe('general');
    expect(load(edited('chat.rooms=[dev, ci]')).gitlab.announce[0]?.room).toBe('ci');
  });

  it('stays loadable when rooms and domain are set in it afterwards', () => {
    const config = load(edited('chat.rooms=[dev]', 'domain=example.org'));
    expect([config.gitlab.announce[0]?.room, config.admin.email]).toEqual(['dev', 'chief@example.org']);
  });
});
