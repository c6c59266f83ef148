import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEFAULT_TOOLS_IMAGE } from '../../../src/config/defaults.ts';
import {
  imageLockText,
  lockable,
  lockWarnings,
  parseImageLock,
  withImageLock,
} from '../../../src/config/image-lock.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { defaultConfig } from '../../../src/wiring/own-house.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const refusal = (text: string): ChatopsError => {
  try {
    parseImageLock(text, 'images.lock');
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return thrown;
  }
  throw new Error('was taken');
};
const lock = new Map([['mongo:8.0', digest('a')]]);

describe('images.lock', () => {
  it('is read as it was written, in the order of its names', () => {
    const name = fc.stringMatching(/^[a-z0-9][a-z0-9./_-]{0,20}(:[0-9]{1,5}\/[a-z]{1,8})?:[A-Za-z0-9_.-]{1,20}$/);
    const value = fc.stringMatching(/^[0-9a-f]{64}$/).map((hex) => `sha256:${hex}`);
    fc.assert(
      fc.property(fc.array(fc.tuple(name, value)), (pairs) => {
        const made = new Map(pairs);
        const text = imageLockText(made);
        expect(parseImageLock(text, 'images.lock')).toEqual(made);
        expect(imageLockText(new Map([...made].toReversed()))).toBe(text);
      }),
    );
  });

  it('takes comments, empty lines and the line ends of Windows', () => {
    expect(parseImageLock(`# why\r\n\r\nmongo:8.0 \t${digest('a')}\r\n`, 'images.lock')).toEqual(lock);
  });

  it.each([
    ['a name alone', 'mongo:8.0', /^images\.lock:2 cannot be read$/],
    ['a tag for a digest', 'mongo:8.0 latest', /^images\.lock:2 cannot be read$/],
    ['a digest that is cut off', 'mongo:8.0 sha256:abc', /^images\.lock:2 cannot be read$/],
    ['a third word', `mongo:8.0 ${digest('a')} x`, /^images\.lock:2 cannot be read$/],
    ['what a merge left', '<<<<<<< HEAD', /^images\.lock:2 cannot be read$/],
    ['a name twice', `wiki:1 ${digest('b')}`, /^images\.lock:2 names wiki:1 again$/],
  ])('is refused for %s, at its line', (_, line, what) => {
    const error = refusal(`wiki:1 ${digest('a')}\n${line}\n`);
    expect([error.code, error.exitStatus]).toEqual(['IMAGE_LOCK_DAMAGED', 78]);
    expect(error.what).toMatch(what);
  });
});

describe('a locked configuration', () => {
  const config = defaultConfig();
  const own = config.images.mongo ?? '';

  it('has the digest behind the name of each image that is locked, and the others as they were', () => {
    const { images } = withImageLock(config, new Map([[own, digest('a')]]));
    expect(images).toEqual({ ...config.images, mongo: `${own}@${digest('a')}` });
  });

  it('keeps a digest that chatops.yaml says itself', () => {
    const written = { ...config, images: { ...config.images, mongo: `${own}@${digest('b')}` } };
    expect(withImageLock(written, new Map([[own, digest('a')]])).images).toEqual(written.images);
  });

  it('has our own programs as they are made on the engine, whatever a line says', () => {
    const { images } = withImageLock(config, new Map([[DEFAULT_TOOLS_IMAGE, digest('a')]]));
    expect(images.tools).toBe(DEFAULT_TOOLS_IMAGE);
  });

  it('is that of no lock where nothing is locked', () => {
    expect(withImageLock(config, new Map())).toEqual(config);
  });
});

describe('images that a lock is for', () => {
  it('are those of registries, once each, that chatops.yaml gives no digest', () => {
    const references = [`mongo:8.0@${digest('a')}`, 'wiki:1', 'wiki:1', `db:2@${digest('c')}`, DEFAULT_TOOLS_IMAGE];
    expect(lockable(references, lock)).toEqual([
      { name: 'mongo:8.0', locked: digest('a') },
      { name: 'wiki:1', locked: undefined },
    ]);
  });

  it('are warned of where they have no line, and lines where they have no image', () => {
    expect(lockWarnings(['wiki:1', DEFAULT_TOOLS_IMAGE], lock)).toEqual([
      'images.lock has no line for wiki:1: it is what its registry gives for that name; `chatops-up images lock` adds it',
      'images.lock has a line for mongo:8.0, which this stack does not use; `chatops-up images lock` takes it out',
    ]);
  });

  it('are warned of in no stack without a lock', () => {
    expect(lockWarnings(['wiki:1'], new Map())).toEqual([]);
  });
});
