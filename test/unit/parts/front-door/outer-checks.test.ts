/** What `smoke` asks of a front door behind a proxy of others: from inside past it, from outside through it. */
import { describe, expect, test } from 'vitest';
import type { CheckDeps } from '../../../../src/contracts/check.ts';
import { certificateChecks } from '../../../../src/parts/front-door/checks/certificates.ts';
import { virtualHostChecks } from '../../../../src/parts/front-door/checks/virtual-hosts.ts';
import { gitlabChecks } from '../../../../src/parts/gitlab/checks/gitlab.ts';
import { asUsersCome } from '../../../../src/stack/as-users-come.ts';
import { servicesOf } from '../../../../src/stack/services-of.ts';
import type { ProbeSpec } from '../../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../../src/wiring/probe-kinds.ts';
import { aStack } from '../../../builders/stack.ts';

const signal = new AbortController().signal;
const behind = aStack({ domain: 'example.org', public: { scheme: 'https', port: 443, proxies: ['10.0.0.7'] } });

/** Specifications that were asked come into `asked`; everything else would fail. */
const depsFor = (inside: boolean, asked: ProbeSpec[]): CheckDeps => {
  const stack = inside ? behind : asUsersCome(behind);
  const ask: CheckDeps['ask'] = async (spec) => {
    asked.push(spec);
    return 'fine';
  };
  const deps: Partial<CheckDeps> = {
    ...{ stack, inside, ask, probes: PROBE_KINDS, services: servicesOf(stack) },
    wake: async () => undefined,
  };
  return deps as CheckDeps;
};

describe('from inside', () => {
  test('virtual hosts are asked at the door itself', async () => {
    const asked: ProbeSpec[] = [];
    await Promise.all(virtualHostChecks(depsFor(true, asked)).map(({ run }) => run(signal)));
    expect(asked.map(({ scheme }) => scheme)).toEqual(['http', 'http', 'http', 'http']);
  });

  test('no certificate is asked for: it is that of others', () => {
    expect(certificateChecks(depsFor(true, []))).toEqual([]);
  });

  test('forms are left out: they would go through a proxy that is not ours', async () => {
    const asked: ProbeSpec[] = [];
    const forms = gitlabChecks(depsFor(true, asked)).find(({ name }) => name === 'forms');
    expect(await forms?.run(signal)).toMatchObject({ kind: 'left-out', why: expect.stringContaining('--public') });
    expect(asked).toEqual([]);
  });
});

describe('from outside', () => {
  test('virtual hosts are asked as users do', async () => {
    const asked: ProbeSpec[] = [];
    await Promise.all(virtualHostChecks(depsFor(false, asked)).map(({ run }) => run(signal)));
    expect(asked.map(({ scheme }) => scheme)).toEqual(['https', 'https', 'https', 'https']);
  });

  test('the certificate of every host is asked for', () => {
    expect(certificateChecks(depsFor(false, [])).map(({ name }) => name)).toEqual(
      ['chat', 'git', 'www', 'hom'].map((label) => `certificate of ${label}.example.org`),
    );
  });

  test('forms are sent to the public address', async () => {
    const asked: ProbeSpec[] = [];
    const forms = gitlabChecks(depsFor(false, asked)).find(({ name }) => name === 'forms');
    await forms?.run(signal);
    expect(asked).toMatchObject([{ what: 'gitlab', target: { url: 'https://git.example.org' }, forms: true }]);
  });
});

test('of an existing GitLab no forms are sent: its sign-ins are not ours to try', () => {
  const stack = aStack({ gitlab: { kind: 'external', url: 'https://gitlab.example.com' } });
  const names = gitlabChecks({ ...depsFor(false, []), stack }).map(({ name }) => name);
  expect(names).toContain('token');
  expect(names).not.toContain('forms');
});
