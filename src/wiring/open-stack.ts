/** From a stack directory to everything an operation needs. What is written here: nothing but the lock, where one is needed. */
import { join } from 'node:path';
import type { Desired, World } from '../../operations.ts';
import { createFiles } from '../adapters/files.ts';
import { makeDirectory as makeTree } from '../adapters/make-directory.ts';
import { configJsonSchemaText } from '../config/json-schema.ts';
import { formatProblem } from '../config/problem.ts';
import { SCHEMA_PATH } from '../config/sample.ts';
import type { EventSink } from '../contracts/event-sink.ts';
import type { Files } from '../contracts/files.ts';
import type { FileStep } from '../engine/plan.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { SummaryFacts } from '../report/summary.ts';
import { additionsOf } from '../stack/additions-of.ts';
import { describeDirectory } from './describe-directory.ts';
import { rememberEngine } from './engine-memory.ts';
import { headline } from './headline.ts';
import { type HoldStack, holdAlone } from './hold-stack.ts';
import type { Invocation } from './invocation.ts';
import { keepPrivate, privacyWarnings } from './keep-private.ts';
import { OPEN_QUESTIONS_FILE } from './open-questions.ts';
import type { PreparedSecrets } from './prepare-secrets.ts';
import { readSecrets } from './read-secrets.ts';
import { CONFIG_FILE, ENV_FILE, readConfigText, readEnvText, USERS_OWN } from './stack-directory.ts';

export interface OpenStack {
  readonly desired: Desired;
  readonly world: World;
  /** What would be, or was, done to `.env`; undefined when it holds everything. */
  readonly envStep: FileStep | undefined;
  /** Writes what is missing to `.env` (0600), and chatops.yaml where there was none. */
  saveSecrets(): Promise<void>;
  readonly summaryFacts: SummaryFacts;
  /** Of chatops.yaml and `.env`, a line each. */
  readonly warnings: readonly string[];
  /** Said before a run: the directory, the engine and why, the warnings. */
  readonly introduction: string;
  readonly untilInterrupted: Promise<void>;
  /** Its servers run in this process, for the length of the command. */
  readonly startedToLook: boolean;
  close(): Promise<void>;
}

const abortOf = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

export const makeDirectory = async (dir: string): Promise<void> => {
  try {
    await makeTree(dir);
  } catch (cause) {
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `${dir} cannot be made`,
      why: (cause as NodeJS.ErrnoException).code ?? String(cause),
      next: 'name another directory with --dir, or give yourself the right to write there',
      cause,
    });
  }
};

export interface OpenStackOptions {
  readonly events: EventSink;
  /** Commands that change things begin a new stack where there is none; the others refuse. */
  readonly forWriting: boolean;
  /** Variables of `.env` that get a new value. Default: none. */
  readonly renew?: readonly string[];
  /** A session will be opened: what takes long is begun at once. Default false. */
  readonly opens?: boolean;
  /** Default: alone, refused at once where another run is at work. */
  readonly hold?: HoldStack;
}

/** The text to work from, and whether it must still be written. */
const configText = async (invocation: Invocation, forWriting: boolean): Promise<{ text: string; isNew: boolean }> => {
  const found = readConfigText(invocation.dir);
  if (found !== undefined) {
    if (!forWriting || invocation.ask === undefined) return { text: found, isNew: false };
    const { isHalfAnswered, restOfConfig } = await import('./new-config.ts');
    return isHalfAnswered(invocation)
      ? { text: await restOfConfig(found, invocation), isNew: true }
      : { text: found, isNew: false };
  }
  if (!forWriting) {
    throw new ChatopsError('CONFIG_MISSING', {
      what: `there is no ${CONFIG_FILE} in ${invocation.dir}`,
      next: 'run `chatops-up init` there, or name another directory with --dir',
    });
  }
  const { newConfig } = await import('./new-config.ts');
  if (invocation.ask) await makeDirectory(invocation.dir);
  return { text: await newConfig(invocation), isNew: true };
};

/** What was accepted and is worth knowing, a line each. */
export const warningsOf = (
  desired: Pick<Desired, 'warnings' | 'notes'>,
  secrets: Pick<PreparedSecrets, 'warnings'>,
): readonly string[] => [
  ...desired.warnings.map((warning) => formatProblem(CONFIG_FILE, warning)),
  ...desired.notes,
  ...secrets.warnings,
];

const introduction = (
  invocation: Invocation,
  { stack }: Desired,
  world: World,
  isNew: boolean,
  warnings: readonly string[],
): string => {
  const lines = [
    headline(world.engine),
    `stack ${stack.name} in ${invocation.dir}${isNew ? ` (new: ${CONFIG_FILE} with the defaults is written there)` : ''}`,
    `engine: ${world.engine.kind}, because ${world.engine.why}`,
    ...warnings.map((warning) => `warning: ${warning}`),
  ];
  return `${lines.join('\n')}\n\n`;
};

/** Secrets made from the older text would replace those that the other run has just given to the servers. */
const envChanged = (dir: string): ChatopsError =>
  new ChatopsError('STACK_LOCKED', {
    what: 'another run has just worked on this stack',
    why: `${join(dir, ENV_FILE)} has changed since it was read`,
    next: 'run the command again',
  });

const writeSchema = async (files: Files, { house }: Desired): Promise<void> => {
  const text = configJsonSchemaText(additionsOf(house));
  if ((await files.read(SCHEMA_PATH)) !== text) await files.write(SCHEMA_PATH, text);
};

/** Reads, checks and holds the directory; the caller closes it. @throws ChatopsError CONFIG_*, ENV_FILE_DAMAGED, SECRET_*, STACK_LOCKED */
export const openStack = async (invocation: Invocation, options: OpenStackOptions): Promise<OpenStack> => {
  const { text: written, isNew } = await configText(invocation, options.forWriting);
  const { desired, text } = await describeDirectory(written, invocation);
  const envText = readEnvText(invocation.dir);
  const secrets = readSecrets(invocation, desired.stack, envText, options.renew);
  const files = createFiles(invocation.dir, { followed: USERS_OWN });
  // Clients and servers are loaded only for a configuration that was accepted.
  const { createWorld } = await import('./create-world.ts');
  // Asked once, before there is anything: a stack that was begun goes on as it is.
  const { askYesNo: _, ...asksNothing } = invocation;
  const chosen = await createWorld(isNew ? invocation : asksNothing, files, secrets, options.events, desired);
  // Only now is anything written: what is wrong with the call itself was found before.
  if (options.forWriting) await makeDirectory(invocation.dir);
  const held = await (options.hold ?? holdAlone())(invocation.dir, chosen);
  if (held.alone && readEnvText(invocation.dir) !== envText) {
    await held.release();
    throw envChanged(invocation.dir);
  }
  const world = held.engine ? { ...chosen, engine: held.engine } : chosen;
  if (options.opens === true) world.engine.begin?.(desired.stack);
  const warnings = [...warningsOf(desired, secrets), ...privacyWarnings(invocation.dir)];
  return {
    desired,
    world,
    envStep: secrets.step,
    saveSecrets: async () => {
      await keepPrivate(invocation.dir, files);
      await rememberEngine(world.engine, files);
      if (isNew || invocation.set.length > 0) await files.write(CONFIG_FILE, text);
      // Editors are to know the keys of parts that were named later.
      if (isNew || desired.config.parts.length > 0) await writeSchema(files, desired);
      if (secrets.step) await files.write(ENV_FILE, secrets.text, 0o600);
      // Asked again for a stack that runs, an answer would change it.
      await files.remove(OPEN_QUESTIONS_FILE);
    },
    summaryFacts: {
      headline: headline(world.engine),
      called: Object.fromEntries(
        desired.stack.addresses.map(({ label, title, summary }) => [label, summary ?? title.toLowerCase()]),
      ),
      administrators: desired.stack.administrators,
      envFile: join(invocation.dir, ENV_FILE),
    },
    warnings,
    introduction: introduction(invocation, desired, world, isNew, warnings),
    untilInterrupted: abortOf(invocation.signal),
    startedToLook: held.alone && world.engine.can.endsWithUs,
    close: held.release,
  };
};
