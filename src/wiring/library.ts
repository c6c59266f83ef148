/**
 * chatops-up as a library: the operations, and the world of a stack directory to run them in.
 *
 * ```ts
 * const stack = await openDirectory({ dir: '/srv/chatops', engine: 'embedded' });
 * try {
 *   console.log(planToText(await plan(stack.desired, stack.world)));
 * } finally {
 *   await stack.close();
 * }
 * ```
 */
import type { Event } from '../contracts/event-sink.ts';
import type { Part } from '../contracts/part.ts';
import { createKnownSecrets } from '../values/words/known-secrets.ts';
import { createOutlet } from '../values/words/outlet.ts';
import type { EngineKind } from './engine-kind.ts';
import type { Invocation } from './invocation.ts';
import { type OpenStack, openStack } from './open-stack.ts';

export { check, type Desired, describe, down, plan, render, up, type World } from '../../operations.ts';
export type { ImageSpec } from '../config/additions.ts';
export type { Config } from '../config/config.ts';
export { loadConfig } from '../config/load.ts';
export type { PortSpec } from '../config/port-spec.ts';
export { ConfigError, type ConfigProblem } from '../config/problem.ts';
export type { Facts, Rule } from '../config/rules/rule.ts';
export type { ReadSecret, SecretKind, SecretRule, SecretShape, SecretSpec } from '../config/secrets.ts';
export type { FileSoFar, Section, SectionRule, SectionValue, Words } from '../config/section.ts';
export type { Recogniser, Symptoms } from '../contracts/cause.ts';
export type { Chat, ChatOf, ChatSession } from '../contracts/chat.ts';
export type { ChatKind, ChatSettings, SharedKey } from '../contracts/chat-kind.ts';
export type { Check, CheckDeps, Checks } from '../contracts/check.ts';
export type * from '../contracts/engine.ts';
export type { Event } from '../contracts/event-sink.ts';
export type { Decision, Job } from '../contracts/job.ts';
export type { Contribution, Draft, Part } from '../contracts/part.ts';
export type { ChoosePlayers, Players } from '../contracts/players.ts';
export type { Ports } from '../contracts/ports.ts';
export type { Answer, Probe } from '../contracts/probe.ts';
export type { ProbeKind, SingleKind } from '../contracts/probe-kind.ts';
export type { Receiver, ReceiverAddress } from '../contracts/receiver.ts';
export type { AdminConfig } from '../contracts/sections/admin.ts';
export type { ChatConfig } from '../contracts/sections/chat.ts';
export type { DatabaseConfig } from '../contracts/sections/database.ts';
export type { ForgeConfig } from '../contracts/sections/forge.ts';
export type { NotifierConfig } from '../contracts/sections/notifier.ts';
export type { RunnerConfig } from '../contracts/sections/runner.ts';
export type { SpokenChat } from '../contracts/spoken-chat.ts';
export type { Look } from '../engine/look.ts';
export type { NodeOutcome, UpOutcome } from '../engine/outcome.ts';
export { changeCount, type Plan, planToText } from '../engine/plan.ts';
export { EXIT } from '../errors/catalogue.ts';
export type { HostSpec, JobNode, JobSpec, ProbeSpec, ServiceNode, Stack, StackNode } from '../stack/stack.ts';
export type { EngineCall, EngineKind, EngineNeeds, Fit } from './engine-kind.ts';
export type { OpenStack } from './open-stack.ts';
export * from './part-kit.ts';
export { PROBE_KINDS } from './probe-kinds.ts';

export interface OpenDirectoryOptions {
  /** Absolute path of the stack directory; it must hold a chatops.yaml unless `create` is true. */
  readonly dir: string;
  /** Default `auto`. */
  readonly engine?: Invocation['engine'];
  /** Begin a new stack with the defaults where there is none. Default false. */
  readonly create?: boolean;
  /** Where secrets and switches are read from besides `.env`. Default: nothing. */
  readonly env?: Invocation['env'];
  /** Parts beside ours and those that chatops.yaml names. Default: none. */
  readonly parts?: readonly Part[];
  /** Engines beside ours, for `engine`; `auto` asks them last. Default: none. */
  readonly engines?: readonly EngineKind[];
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: Event) => void;
}

/** Reads, checks and locks a stack directory; close it in any case. @throws ChatopsError as the commands do */
export const openDirectory = (options: OpenDirectoryOptions): Promise<OpenStack> => {
  const known = createKnownSecrets(options.env ?? {});
  const nowhere = createOutlet(() => undefined, known.clean);
  const { onEvent } = options;
  return openStack(
    {
      dir: options.dir,
      json: true,
      yes: true,
      engine: options.engine ?? 'auto',
      set: [],
      ...(options.parts && { parts: options.parts }),
      ...(options.engines && { engines: options.engines }),
      env: options.env ?? {},
      known,
      interactive: false,
      out: nowhere,
      err: nowhere,
      signal: options.signal ?? new AbortController().signal,
    },
    { events: { emit: (event) => onEvent?.(known.clean.value(event)) }, forWriting: options.create ?? false },
  );
};
