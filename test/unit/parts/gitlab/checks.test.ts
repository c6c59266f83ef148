/** What `smoke` says of a hook; the client is played, the words are those of a run. */
import { describe, expect, it } from 'vitest';
import type { CheckDeps } from '../../../../src/contracts/check.ts';
import type { Forge, ForgeHook, HookDelivery } from '../../../../src/contracts/forge.ts';
import type { ReceiverAddress } from '../../../../src/contracts/receiver.ts';
import { gitlabChecks } from '../../../../src/parts/gitlab/checks/gitlab.ts';
import { Secret } from '../../../../src/values/secret.ts';
import { aStack } from '../../../builders/stack.ts';

const signal = new AbortController().signal;
const URL_OF_CI = 'http://chat/hooks/1/token?channel=ci';

const hook = (rest: Partial<ForgeHook>): ForgeHook => ({
  ...{ id: 7, url: new Secret(URL_OF_CI), name: 'ours', description: '', events: { push: true }, otherEvents: [] },
  ...{ off: undefined, tokenPresent: true, ageMs: undefined },
  ...rest,
});

const failed: HookDelivery = {
  ...{ id: 1, key: 'k', kind: 'push', status: undefined, objectId: undefined },
  ...{ responseStatus: '500', responseBody: '', answeredAt: '2026-03-01T10:14:00Z' },
};

const answer = async (hooks: readonly ForgeHook[]) => {
  const forge: Partial<Forge> = { listHooks: async () => hooks, listDeliveries: async () => [failed] };
  const address: Partial<ReceiverAddress> = { url: () => new Secret(URL_OF_CI) };
  const ports = { forge: () => forge, receiver: () => ({ address: async () => address }) };
  const stack = aStack();
  const check = gitlabChecks({ stack, ports, inside: true } as unknown as CheckDeps).find(({ name }) =>
    name.startsWith('hook of'),
  );
  return check?.run(signal);
};

describe('the check of a hook', () => {
  it('passes with what it sends', async () => {
    expect(await answer([hook({})])).toEqual({ kind: 'passed', answer: 'hook 7 sends push' });
  });

  it('says until when GitLab has switched it off, since when, why and what switches it on', async () => {
    const off = { forGood: false, until: '2026-03-01T10:20:00Z' };
    await expect(answer([hook({ off })])).rejects.toMatchObject({
      what: 'hook of chatops/hello to #ci sends nothing',
      why: 'GitLab has switched it off until 2026-03-01 10:20 UTC: its last delivery failed, since 2026-03-01 10:14 UTC, and the newest was answered with 500',
      next: 'fix what it failed at, then run `chatops-up up`: it switches it on again',
    });
  });

  it('says that there is none', async () => {
    await expect(answer([])).rejects.toMatchObject({ what: 'hook of chatops/hello to #ci is not there' });
  });
});
