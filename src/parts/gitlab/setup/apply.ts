/** One call for each change; decides nothing but what to do with a refusal. */

import type { Clock } from '../../../contracts/clock.ts';
import type { HookEvent, HookPlace } from '../../../contracts/forge.ts';
import type { HookSource } from '../../../contracts/hook-places.ts';
import { StaleDecision } from '../../../contracts/job.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { ReceiverRef } from '../../../stack/stack.ts';
import type { GitLabClient } from '../gitlab.ts';
import { SURELY_SETTLED_MS } from '../settings-cache.ts';
import { CI_FILE } from './ci-file.ts';
import type { GitLabChange, HookFix, SendingAgain } from './model.ts';

/** What this run has learned and the next look must know. */
export interface RunMemory {
  readonly refused: Map<string, string>;
  readonly fixing: Map<string, HookFix>;
  readonly saved: Set<string>;
  readonly sentAgain: Map<string, SendingAgain>;
  /** When a hook was first refused, by the clock; undefined when none was. */
  refusedSince: number | undefined;
}

const ASK_AGAIN_MS = 1_000;

/**
 * A hook whose address stands in the outbound list by now: asked again until every process must have read it. Which run
 * wrote the list does not matter: one that was killed may have done so a moment ago.
 */
const withNewSettings = async (
  { memory, clock, listed }: Pick<Applying, 'memory' | 'clock' | 'listed'>,
  ask: () => Promise<unknown>,
  signal: AbortSignal,
): Promise<void> => {
  for (;;) {
    try {
      await ask();
      return;
    } catch (thrown) {
      const isBlocked = thrown instanceof ChatopsError && thrown.code === 'OUTBOUND_BLOCKED';
      memory.refusedSince ??= clock.now();
      if (!isBlocked || !listed || clock.now() - memory.refusedSince > SURELY_SETTLED_MS) throw thrown;
      await clock.sleep(ASK_AGAIN_MS, signal);
    }
  }
};

/** The chat must never hold GitLab back: a hook that GitLab will not take becomes a warning with a remedy. */
const orRefused = async (memory: RunMemory, key: string, save: () => Promise<void>): Promise<void> => {
  try {
    await save();
  } catch (thrown) {
    if (!(thrown instanceof ChatopsError) || thrown.code !== 'OUTBOUND_BLOCKED') throw thrown;
    memory.refused.set(key, `${thrown.message}: ${thrown.next}`);
    throw new StaleDecision(thrown.message, thrown);
  }
};

const test = async (
  client: GitLabClient,
  change: { readonly place: HookPlace; readonly id: number; readonly events: readonly HookEvent[] },
  signal: AbortSignal,
): Promise<string> => {
  let last = 'had nothing to send';
  for (const event of change.events) {
    const delivery = await client.testHook(change.place, change.id, event, signal);
    if (delivery.kind === 'delivered') return 'was taken';
    if (delivery.kind === 'failed') return `failed (${delivery.reason})`;
    last = `had nothing to send (${delivery.reason})`;
  }
  return last;
};

const noAddress = (name: string, { madeBy }: ReceiverRef): ChatopsError =>
  new ChatopsError('JOB_FAILED', {
    what: `hook ${name} has no address to send to`,
    why: 'what it is to send to is not in the chat',
    next: `run \`chatops-up up\`: ${madeBy} makes it`,
  });

export interface Applying {
  readonly client: GitLabClient;
  readonly clock: Clock;
  readonly memory: RunMemory;
  /** Called before a hook is made there: a kill in between must not lose it. */
  readonly remember: (source: HookSource) => Promise<void>;
  /** What hooks send to. */
  readonly receiver: ReceiverRef;
  /** Whether what hooks send to stands in GitLab's outbound list, by us. */
  readonly listed: boolean;
  /** Whether its address was found. */
  readonly knowsAddress: () => boolean;
}

export const apply = async (
  change: Exclude<GitLabChange, { readonly what: 'forget-secrets' | 'retire' }>,
  applying: Applying,
  signal: AbortSignal,
): Promise<void> => {
  const { client, memory } = applying;
  switch (change.what) {
    case 'allow-list': {
      // Merged with what stands there now, not with what stood there when it was decided.
      const now = await client.outboundAllowList(signal);
      await client.setOutboundAllowList([...new Set([...now, ...change.entries])], signal);
      return;
    }
    case 'group':
      await client.createGroup(change.path, change.description, signal);
      return;
    case 'project':
      await client.createProject(change.path, change.description, signal);
      return;
    case 'ci-file':
      await client.addFile(change.project, { ...CI_FILE, content: change.content }, signal);
      return;
    case 'ci-tags': {
      const { branch, content } = change;
      const message = 'Tag the first pipeline for its runner';
      await client.changeFile(change.project, { path: CI_FILE.path, branch, content, message }, signal);
      return;
    }
    case 'hook-create':
    case 'hook-update': {
      if (!applying.knowsAddress()) throw noAddress(change.name, applying.receiver);
      if (change.what === 'hook-create') await applying.remember(change.source);
      const save = () =>
        change.what === 'hook-create'
          ? client.createHook(change.place, change.hook, signal)
          : client.updateHook(change.place, change.id, change.hook, signal);
      await orRefused(memory, change.key, () => withNewSettings(applying, save, signal));
      memory.saved.add(change.key);
      if (change.what === 'hook-update' && change.fixes) memory.fixing.set(change.key, { step: 'saved' });
      return;
    }
    case 'hook-test': {
      const outcome = await test(client, change, signal);
      memory.fixing.set(change.key, { step: 'tested', outcome });
      return;
    }
    case 'send-again': {
      const outcome = await client.sendAgain(change.place, change.hookId, change.id, signal);
      memory.sentAgain.set(change.key, { name: change.name, outcome });
      return;
    }
    case 'hook-delete':
      await client.deleteHook(change.place, change.id, signal);
  }
};
