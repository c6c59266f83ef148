import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { readRegistration, withRegistration } from '../../../../src/parts/gitlab-runner/setup/config-toml.ts';
import { meansTheSame } from '../../../../src/parts/gitlab-runner/setup/same-configuration.ts';
import { TEMPLATE } from '../../../builders/gitlab-ports.ts';

const NO_DATES = { obtainedAt: undefined, expiresAt: undefined };

const first = (text: string | undefined) => (parse(text ?? '').runners as { token?: string; id?: number }[])[0];

describe('config.toml', () => {
  it('takes the registration into its runner block and nothing else changes', () => {
    const text = withRegistration(TEMPLATE, { id: 7, token: 'glrt-x', ...NO_DATES });
    expect(first(text)).toMatchObject({ id: 7, token: 'glrt-x', name: 'ops runner' });
    expect(meansTheSame(text ?? '', TEMPLATE)).toBe(true);
  });

  it('gives back what it was given, whatever the token holds', () => {
    for (const token of ['glrt-t1_a.b-c', 'quote " and \\ and $X', 'line\nfeed']) {
      const registration = { id: 7, token, ...NO_DATES };
      expect(readRegistration(withRegistration(TEMPLATE, registration))).toEqual(registration);
    }
  });

  it('says since when and until when its token is valid, as the runner itself writes it', () => {
    const dates = { obtainedAt: '2026-11-20T15:11:27.000Z', expiresAt: '2026-12-20T15:11:27.000Z' };
    const text = withRegistration(TEMPLATE, { id: 7, token: 'x', ...dates });
    expect(text).toContain('token_obtained_at = 2026-11-20T15:11:27Z\n  token_expires_at = 2026-12-20T15:11:27Z\n');
    expect(readRegistration(text)).toEqual({ id: 7, token: 'x', ...dates });
    const forEver = withRegistration(TEMPLATE, { id: 7, token: 'x', ...dates, expiresAt: undefined });
    expect(forEver).toContain('token_expires_at = 0001-01-01T00:00:00Z\n');
    expect(readRegistration(forEver)).toEqual({ id: 7, token: 'x', ...dates, expiresAt: undefined });
  });

  it('as the runner writes it after it renewed its token means the same', () => {
    const template = TEMPLATE.replace('executor', 'unhealthy_interval = "2m"\nexecutor').replace(
      'image',
      'pull_policy = "always"\nprivileged = false\nimage',
    );
    const saved = `concurrent = 2
check_interval = 0
connection_max_age = "15m0s"
shutdown_timeout = 0
listen_address = "0.0.0.0:9252"

[session_server]
  session_timeout = 1800

[[runners]]
  name = "ops runner"
  url = "http://gitlab"
  id = 12
  token = "glrt-renewed"
  token_obtained_at = 2026-11-20T15:11:27.123456789Z
  token_expires_at = 2026-12-20T15:11:27Z
  executor = "docker"
  unhealthy_interval = "2m0s"
  [runners.cache]
    MaxUploadedArchiveSize = 0
    [runners.cache.s3]
  [runners.docker]
    tls_verify = false
    image = "alpine:3.22"
    pull_policy = ["always"]
    shm_size = 0
    network_mtu = 0
`;
    expect(meansTheSame(saved, template)).toBe(true);
    for (const [what, instead] of [
      ['shm_size = 0', 'shm_size = 1'],
      ['tls_verify = false', 'tls_verify = true'],
      ['"always"', '"never"'],
      ['2m0s', '3m0s'],
      ['1800', '900'],
      ['15m0s', '1m0s'],
    ] as const) {
      expect(meansTheSame(saved.replace(what, instead), template), instead).toBe(false);
    }
  });

  it('is not made from a template without a runner block', () => {
    expect(withRegistration('concurrent = 1\n', { id: 7, token: 'x', ...NO_DATES })).toBeUndefined();
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
