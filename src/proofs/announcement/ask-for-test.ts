/** The hook that announces the project, and a test delivery through it, as the forge offers one. */

import type { Forge, HookEvent, HookPlace } from '../../contracts/forge.ts';
import type { Ports } from '../../contracts/ports.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { AnnouncementSpec } from './spec.ts';

/** A project may have no pipeline yet; a commit it nearly always has. */
const EVENTS: readonly HookEvent[] = ['pipeline', 'push'];

const cannot = (spec: AnnouncementSpec, why: string, next: string): ChatopsError =>
  new ChatopsError('JOB_FAILED', { what: `no event of ${spec.project} could be sent to #${spec.room}`, why, next });

export interface FoundHook {
  readonly place: HookPlace;
  readonly id: number;
  /** ms; undefined where the forge does not say. */
  readonly ageMs: number | undefined;
}

/** @throws ChatopsError JOB_FAILED when there is none: the forge may have refused it, which is no reason to fail a run */
export const requireHook = async (
  spec: AnnouncementSpec,
  forge: Forge,
  ports: Ports,
  signal: AbortSignal,
): Promise<FoundHook> => {
  const project = await forge.findProject(spec.project, signal);
  if (!project) throw cannot(spec, `${spec.forge.title} shows no such project to this token`, `correct ${spec.place}`);
  const place = { kind: 'project', id: project.id } as const;
  const address = await ports.receiver(spec.receiver).address(signal);
  const hooks = await forge.listHooks(place, signal);
  const url = address?.url(spec.room).reveal();
  const hook = hooks === 'unsupported' ? undefined : hooks.find((each) => each.url.reveal() === url);
  if (hook) return { place, id: hook.id, ageMs: hook.ageMs };
  const next = `read the warnings of ${spec.hooksBy}: ${spec.forge.title} may have refused it`;
  throw cannot(spec, 'the project has no hook of ours to that room', next);
};

/** @returns the event that was delivered. @throws ChatopsError JOB_FAILED when none could be */
export const askForTest = async (
  spec: AnnouncementSpec,
  forge: Forge,
  hook: FoundHook,
  signal: AbortSignal,
): Promise<HookEvent> => {
  let last = '';
  for (const event of EVENTS) {
    const delivery = await forge.testHook(hook.place, hook.id, event, signal);
    if (delivery.kind === 'delivered') return event;
    last = delivery.reason;
    if (delivery.kind === 'failed') {
      const next = `see that ${spec.forge.title} reaches the chat at its address, then run the command again`;
      throw cannot(spec, `${spec.forge.title}'s test delivery failed: ${last}`, next);
    }
  }
  throw cannot(
    spec,
    `${spec.forge.title} has nothing to send: ${last}`,
    `push a commit to ${spec.project}, then run the command again`,
  );
};
