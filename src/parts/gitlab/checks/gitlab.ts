/** What GitLab was given: token, outbound list, hooks; read through its public address. */

import { type Answered, type Check, type CheckDeps, leftOut, passed } from '../../../contracts/check.ts';
import type { Forge, ForgeHook, HookDelivery, HookPlace } from '../../../contracts/forge.ts';
import { forgeOf } from '../../../contracts/public-forge.ts';
import { readAddress } from '../../../contracts/read-address.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { jobsOf } from '../../../stack/jobs-of.ts';
import { receiverOf } from '../../../stack/offers.ts';
import type { HookSpec } from '../../../stack/stack.ts';
import type { GitLabProbeSpec } from '../probes/gitlab.ts';
import type { GitLabSetupSpec } from '../setup/spec.ts';
import { switchedOff } from '../switched-off.ts';

const missing = (what: string, why: string, next = 'run `chatops-up up`'): ChatopsError =>
  new ChatopsError('UNEXPECTED_ANSWER', { what, why, next });

const placeOf = ({ source }: HookSpec): HookPlace =>
  source.kind === 'instance' ? { kind: 'instance' } : { kind: source.kind, id: source.path };

const judgeHook = async (
  hook: ForgeHook | undefined,
  name: string,
  deliveries: (id: number) => Promise<readonly HookDelivery[] | undefined>,
): Promise<Answered> => {
  if (hook === undefined) throw missing(`${name} is not there`, 'GitLab has no hook to our webhook and room');
  if (hook.off) {
    const next = 'fix what it failed at, then run `chatops-up up`: it switches it on again';
    throw missing(`${name} sends nothing`, switchedOff(hook.off, await deliveries(hook.id)), next);
  }
  const events = Object.entries(hook.events).flatMap(([event, on]) => (on ? [event] : []));
  return passed(`hook ${hook.id} sends ${events.join(', ')}`);
};

const hookCheck = (wanted: HookSpec, deps: CheckDeps): Check => {
  const of = wanted.source.kind === 'instance' ? 'the instance' : wanted.source.path;
  const name = `hook of ${of} to #${wanted.room}`;
  return {
    area: 'gitlab',
    name,
    run: async (signal) => {
      const receiver = receiverOf(deps.stack);
      if (!receiver) return leftOut('nothing is announced');
      const address = await readAddress(receiver, deps.ports, signal);
      const forge = forgeOf(deps);
      const place = placeOf(wanted);
      const hooks = await forge.listHooks(place, signal);
      if (hooks === 'unsupported') return leftOut('hooks of groups need a paid edition of GitLab');
      const url = address.url(wanted.room).reveal();
      return judgeHook(
        hooks.find((hook) => hook.url.reveal() === url),
        name,
        (id) => forge.listDeliveries(place, id, signal),
      );
    },
  };
};

const requireListed = async (forge: Forge, entries: readonly string[], signal: AbortSignal): Promise<string> => {
  const listed = await forge.outboundAllowList(signal);
  const left = entries.filter((entry) => !listed.includes(entry));
  if (left.length === 0) return `GitLab may call ${entries.join(', ')}`;
  throw new ChatopsError('OUTBOUND_BLOCKED', {
    what: `GitLab may not call ${left.join(', ')}`,
    why: 'it is missing in the allow-list of outbound requests (outbound_local_requests_whitelist)',
    next: 'run `chatops-up up`: it adds the entry and keeps the others',
  });
};

export const gitlabChecks = (deps: CheckDeps): readonly Check[] => {
  const [setup] = jobsOf<GitLabSetupSpec>(deps.stack, 'gitlab-setup');
  const { forge } = deps.stack.offers;
  if (!setup || !forge) return [];
  const target = { kind: 'url', url: forge.ownWay } as const;
  const token: Check = {
    area: 'gitlab',
    name: 'token',
    run: async (signal) =>
      passed(await deps.ask({ what: 'gitlab', target, token: setup.token, inside: false }, 'GitLab', 0, signal)),
  };
  // Through the proxy of others before a front door only who stands outside has to go.
  const forms: Check = {
    area: 'gitlab',
    name: 'forms',
    run: async (signal) => {
      if (deps.inside && deps.stack.door.outer) {
        return leftOut('the public address leads through a proxy that is not ours: ask with --public');
      }
      const publicly = { kind: 'url', url: forge.publicUrl } as const;
      const spec: GitLabProbeSpec = { what: 'gitlab', target: publicly, inside: false, forms: true };
      return passed(await deps.ask(spec, 'forms of GitLab', 0, signal));
    },
  };
  const allowList: Check = {
    area: 'gitlab',
    name: 'outbound allow-list',
    run: async (signal) => passed(await requireListed(forgeOf(deps), setup.allowList, signal)),
  };
  return [
    token,
    ...(forge.external ? [] : [forms]),
    ...(setup.allowList.length > 0 ? [allowList] : []),
    ...setup.hooks.map((wanted) => hookCheck(wanted, deps)),
  ];
};
