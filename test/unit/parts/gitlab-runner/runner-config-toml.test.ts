import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import {
  composeConfig,
  readRegistration,
  withRegistration,
} from '../../../../src/parts/gitlab-runner/setup/config-toml.ts';
import { meansTheSame } from '../../../../src/parts/gitlab-runner/setup/same-configuration.ts';
import { TEMPLATE } from '../../../builders/gitlab-ports.ts';

const OWN = 'ops runner';
const NO_DATES = { obtainedAt: undefined, expiresAt: undefined };

const first = (text: string | undefined) => (parse(text ?? '').runners as { token?: string; id?: number }[])[0];

describe('config.toml', () => {
  it('takes the registration into its runner block and nothing else changes', () => {
    const text = withRegistration(TEMPLATE, { id: 7, token: 'glrt-x', ...NO_DATES });
    expect(first(text)).toMatchObject({ id: 7, token: 'glrt-x', name: 'ops runner' });
    expect(meansTheSame(text ?? '', TEMPLATE, OWN)).toBe(true);
  });

  it('gives back what it was given, whatever the token holds', () => {
    for (const token of ['glrt-t1_a.b-c', 'quote " and \\ and $X', 'line\nfeed']) {
      const registration = { id: 7, token, ...NO_DATES };
      expect(readRegistration(withRegistration(TEMPLATE, registration), OWN)).toEqual(registration);
    }
  });

  it('says since when and until when its token is valid, as the runner itself writes it', () => {
    const dates = { obtainedAt: '2026-11-20T15:11:27.000Z', expiresAt: '2026-12-20T15:11:27.000Z' };
    const text = withRegistration(TEMPLATE, { id: 7, token: 'x', ...dates });
    expect(text).toContain('token_obtained_at = 2026-11-20T15:11:27Z\n  token_expires_at = 2026-12-20T15:11:27Z\n');
    expect(readRegistration(text, OWN)).toEqual({ id: 7, token: 'x', ...dates });
    const forEver = withRegistration(TEMPLATE, { id: 7, token: 'x', ...dates, expiresAt: undefined });
    expect(forEver).toContain('token_expires_at = 0001-01-01T00:00:00Z\n');
    expect(readRegistration(forEver, OWN)).toEqual({ id: 7, token: 'x', ...dates, expiresAt: undefined });
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
    privileged = false
    image = "alpine:3.22"
    pull_policy = ["always"]
    shm_size = 0
    network_mtu = 0
`;
    expect(meansTheSame(saved, template, OWN)).toBe(true);
    for (const [what, instead] of [
      ['privileged = false', 'privileged = true'],
      ['"always"', '"never"'],
      ['2m0s', '3m0s'],
      ['check_interval = 0', 'check_interval = 9'],
    ] as const) {
      expect(meansTheSame(saved.replace(what, instead), template, OWN), instead).toBe(false);
    }
  });

  it('is not made from a template without a runner block', () => {
    expect(withRegistration('concurrent = 1\n', { id: 7, token: 'x', ...NO_DATES })).toBeUndefined();
  });

  it('holds no registration when it is missing, broken, or has no token', () => {
    for (const text of [undefined, '', '[[runners', TEMPLATE, 'runners = 3', '[[runners]]\ntoken = ""\n']) {
      expect(readRegistration(text, OWN)).toBeUndefined();
    }
  });

  it('differs when any setting differs, and not by comments, order or layout', () => {
    expect(meansTheSame(TEMPLATE, TEMPLATE.replace('alpine', 'debian'), OWN)).toBe(false);
    expect(
      meansTheSame(TEMPLATE, TEMPLATE.replace('# generated\nconcurrent = 2', 'concurrent   =  2 # two'), OWN),
    ).toBe(true);
    expect(meansTheSame('[[runners', TEMPLATE, OWN)).toBe(false);
  });
});

describe('what is not ours in config.toml', () => {
  const REGISTERED = { id: 7, token: 'glrt-x', ...NO_DATES };
  const compose = (current: string, template = TEMPLATE) =>
    composeConfig(template, { current, own: OWN }, REGISTERED) ?? '';
  const ours = withRegistration(TEMPLATE, REGISTERED) ?? '';
  const SHELL = '[[runners]]\n\tname = "by hand" # mine\n\ttoken="glrt-once"\n  executor = "shell"\n';

  it('a block that was registered beside ours stays to the byte, and once more', () => {
    const once = compose(`${ours}\n${SHELL}`);
    expect(once.startsWith(ours)).toBe(true);
    expect(once.slice(ours.length)).toBe(`\n${SHELL}`);
    expect(compose(once)).toBe(once);
  });

  it('blocks around ours stay with the remarks above them, and what looks like a block in a script is none', () => {
    const before =
      '# the first\n[[runners]]\nname = "one"\npre_build_script = """\n[[runners]]\nname = "ops runner"\n"""\n';
    const after = '# the last\n\n[[runners]]\nname = \'two\'\n[runners.docker]\nimage = "debian:13"\n';
    const text = compose(`concurrent = 1\n\n${before}\n${ours.slice(ours.indexOf('[[runners]]'))}\n${after}`);
    expect(text).toContain(before);
    expect(text).toContain(after);
    expect((parse(text).runners as { name: string }[]).map(({ name }) => name)).toEqual([OWN, 'one', 'two']);
    expect(compose(text)).toBe(text);
  });

  it('many remarks are read as fast as few, wherever they stand', () => {
    const remarks = '    # said\n'.repeat(20_000);
    const beside = `[[runners]]\nname = "noted"\n${remarks}executor = "shell"\n${remarks}`;
    expect(compose(`${ours}\n${remarks}${beside}[[runners]]\nname = "last"\n`)).toBe(
      `${ours}\n${remarks}${beside}[[runners]]\nname = "last"\n`,
    );
  });

  it('a runner without containers gets no table for them with a key of its user', () => {
    const template = TEMPLATE.slice(0, TEMPLATE.indexOf('[runners.docker]')).replace('"docker"', '"shell"');
    const current = `${withRegistration(template, REGISTERED)}environment = ["A=1"]\n`;
    expect(parse(compose(current, template)).runners).toEqual([
      { ...(first(withRegistration(template, REGISTERED)) as object), environment: ['A=1'] },
    ]);
  });

  it('a block without a name gives ours nothing where ours is gone', () => {
    const nameless = '[[runners]]\nname = ""\noutput_limit = 9\nexecutor = "shell"\n';
    expect(composeConfig(TEMPLATE, { current: nameless, own: undefined }, REGISTERED)).toBe(`${ours}\n${nameless}`);
  });

  it('keys of its user stay, in ours and beside the blocks; ours are as rendered', () => {
    const edited = ours
      .replace('concurrent = 2', 'concurrent = 9\nlog_level = "debug"')
      .replace('executor = "docker"', 'executor = "docker"\nenvironment = ["A=1"]\noutput_limit = 8192')
      .replace('image = "alpine:3.22"', 'image = "busybox"\nprivileged = true\ndns = ["10.0.0.1"]');
    const { runners, ...global } = parse(compose(`${edited}\n[session_server]\nsession_timeout = 900\n`));
    expect(global).toMatchObject({ concurrent: 2, log_level: 'debug', session_server: { session_timeout: 900 } });
    expect(runners).toEqual([
      {
        ...(first(ours) as object),
        environment: ['A=1'],
        output_limit: 8192,
        docker: { image: 'alpine:3.22', dns: ['10.0.0.1'] },
      },
    ]);
  });

  it('is read back by a parser as it was, whatever names and tokens there are', () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((text) => text !== OWN);
    const block = fc.record({ name: word, token: word, pre_build_script: word, environment: fc.array(word) });
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), fc.nat(4), (blocks, at) => {
        const texts = blocks.map((each) => stringify({ runners: [each] }));
        texts.splice(at, 0, ours.slice(ours.indexOf('[[runners]]')));
        const { runners } = parse(compose(texts.join('\n')));
        expect(runners).toEqual([first(ours), ...blocks]);
      }),
    );
  });
});
