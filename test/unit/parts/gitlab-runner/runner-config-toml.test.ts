import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import {
  meansTheSame,
  readRegistration,
  withRegistration,
} from '../../../../src/parts/gitlab-runner/setup/config-toml.ts';
import { TEMPLATE } from '../../../builders/gitlab-ports.ts';

const first = (text: string | undefined) => (parse(text ?? '').runners as { token?: string; id?: number }[])[0];

describe('config.toml', () => {
  it('takes the registration into its runner block and nothing else changes', () => {
    const text = withRegistration(TEMPLATE, { id: 7, token: 'glrt-x' });
    expect(first(text)).toMatchObject({ id: 7, token: 'glrt-x', name: 'ops runner' });
    expect(meansTheSame(text ?? '', TEMPLATE)).toBe(true);
  });

  it('gives back what it was given, whatever the token holds', () => {
    for (const token of ['glrt-t1_a.b-c', 'quote " and \\ and $X', 'line\nfeed']) {
      expect(readRegistration(withRegistration(TEMPLATE, { id: 7, token }))).toEqual({ id: 7, token });
    }
  });

  it('is not made from a template without a runner block', () => {
    expect(withRegistration('concurrent = 1\n', { id: 7, token: 'x' })).toBeUndefined();
  });

  it('holds no registration when it is missing, broken, or has no token', () => {
    for (const text of [undefined, '', '[[runners', TEMPLATE, 'runners = 3', '[[runners]]\ntoken = ""\n']) {
      expect(readRegistration(text)).toBeUndefined();
    }
  });

  it('differs when any setting differs, and not by comments, order or layout', () => {
    expect(meansTheSame(TEMPLATE, TEMPLATE.replace('alpine', 'debian'))).toBe(false);
    expect(meansTheSame(TEMPLATE, TEMPLATE.replace('# generated\nconcurrent = 2', 'concurrent   =  2 # two'))).toBe(
      true,
    );
    expect(meansTheSame('[[runners', TEMPLATE)).toBe(false);
  });
});
