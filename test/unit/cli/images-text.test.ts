import { describe, expect, it } from 'vitest';
import { imagesText, lockText, pullText } from '../../../src/cli/commands/images.ts';
import type { SeenImage } from '../../../src/engines/docker/images/locked-images.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const A = digest('a');
const B = digest('b');

const seen = (more: Partial<SeenImage>): SeenImage => ({
  name: 'wiki:1',
  nodes: ['wiki'],
  locked: undefined,
  here: undefined,
  hasLocked: undefined,
  ...more,
});

describe('the images of a stack', () => {
  it.each([
    ['not locked, not there', {}, 'not locked  not on the engine'],
    ['not locked, there', { here: A }, 'not locked  on the engine: sha256:aaaaaaaaaaaa'],
    ['not locked, made there', { here: 'made here' }, 'not locked  made on the engine, without a digest'],
    ['locked, there', { locked: A, here: A, hasLocked: true }, 'sha256:aaaaaaaaaaaa  on the engine'],
    ['locked, there without its name', { locked: A, hasLocked: true }, 'sha256:aaaaaaaaaaaa  on the engine'],
    [
      'locked, there, the name on another one',
      { locked: A, here: B, hasLocked: true },
      'sha256:aaaaaaaaaaaa  on the engine; the name stands for sha256:bbbbbbbbbbbb there',
    ],
    [
      'locked, not there',
      { locked: A, here: B, hasLocked: false },
      'sha256:aaaaaaaaaaaa  not on the engine: `chatops-up up` fetches it',
    ],
  ] as const)('are shown when %s', (_, more, said) => {
    expect(imagesText([seen(more)])).toBe(`wiki:1  ${said}\n`);
  });

  it('stand in columns', () => {
    expect(imagesText([seen({}), seen({ name: 'a-longer-name:2', locked: A, hasLocked: true })])).toBe(
      'wiki:1           not locked           not on the engine\na-longer-name:2  sha256:aaaaaaaaaaaa  on the engine\n',
    );
  });
});

describe('a lock that was written', () => {
  it('is reported line by line, with what was there before', () => {
    const images = [
      { name: 'db:1', digest: undefined, was: A },
      { name: 'ui:1', digest: A, was: A },
      { name: 'web:1', digest: B, was: A },
      { name: 'wiki:1', digest: A, was: undefined },
    ];
    expect(lockText(images)).toBe(
      [
        '- db:1 (was sha256:aaaaaaaaaaaa)',
        '  ui:1 sha256:aaaaaaaaaaaa',
        '~ web:1 sha256:bbbbbbbbbbbb (was sha256:aaaaaaaaaaaa)',
        '+ wiki:1 sha256:aaaaaaaaaaaa',
        'images.lock: 3 changed; `chatops-up plan` shows what that would change\n',
      ].join('\n'),
    );
  });

  it('says so where nothing has changed', () => {
    expect(lockText([{ name: 'ui:1', digest: A, was: A }])).toMatch(/\nimages\.lock: 0 changed; as it was\n$/);
  });
});

describe('images that were fetched anew', () => {
  it('are reported line by line, with what was left and why', () => {
    const images = [
      { name: 'db:1', here: A, was: A, left: 'locked' as const },
      { name: 'own:1', here: 'made here', was: 'made here', left: 'made here' as const },
      { name: 'ui:1', here: A, was: A },
      { name: 'web:1', here: B, was: A },
      { name: 'wiki:1', here: A, was: undefined },
    ];
    expect(pullText(images)).toBe(
      [
        '  db:1 left: images.lock holds it',
        '  own:1 left: it was made on the engine, and no registry has given it a digest',
        '  ui:1 sha256:aaaaaaaaaaaa',
        '~ web:1 sha256:bbbbbbbbbbbb (was sha256:aaaaaaaaaaaa)',
        '+ wiki:1 sha256:aaaaaaaaaaaa',
        '2 new; `chatops-up plan` shows what that would change\n',
      ].join('\n'),
    );
  });

  it('are none where every name stands for what it did', () => {
    expect(pullText([{ name: 'ui:1', here: A, was: A }])).toBe(
      '  ui:1 sha256:aaaaaaaaaaaa\n0 new; every name stands for what it did\n',
    );
  });
});
