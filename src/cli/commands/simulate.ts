import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { type Desired, describe, renderSimulation, simulate } from '../../../operations.ts';
import { randomWord } from '../../adapters/random-word.ts';
import { readBounded } from '../../adapters/read-bounded.ts';
import { tokenFor } from '../../contracts/hook-token.ts';
import type { PlayedDelivery, PlayedForge, Sample } from '../../contracts/played-forge.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { duration } from '../../report/event-line.ts';
import { toJson } from '../../report/json.ts';
import type { Delivered } from '../../simulate/deliver.ts';
import { requireReceiver } from '../../simulate/receiver.ts';
import { showMessage } from '../../simulate/show-message.ts';
import type { Shown, Simulation } from '../../simulate/simulate.ts';
import { announcedProject, announcedRooms } from '../../stack/offers.ts';
import { nearest } from '../../values/nearest.ts';
import { Secret } from '../../values/secret.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { openLiveStack, readDesired } from '../../wiring/live-stack.ts';
import { createNotifier } from '../../wiring/notifier.ts';
import { ownHouse } from '../../wiring/own-house.ts';
import { loadPlayedForge } from '../../wiring/played-forge.ts';
import { CONFIG_FILE, readConfigText } from '../../wiring/stack-directory.ts';

export interface SimulateOptions {
  /** Name of a sample. */
  readonly event: string | undefined;
  /** Absolute path of a captured delivery. */
  readonly file: string | undefined;
  readonly list: boolean;
  /** Without any server. */
  readonly render: boolean;
  readonly room: string | undefined;
  readonly form: boolean;
  /** How long the message may take, ms. */
  readonly waitMs: number;
  /** Only published addresses; nothing is started. */
  readonly public: boolean;
}

const usage = (what: string, why: string, next: string): ChatopsError => new ChatopsError('USAGE', { what, why, next });

const listText = (samples: readonly Sample[]): string => {
  const width = Math.max(...samples.map(({ name }) => name.length)) + 2;
  return `${samples.map(({ name, about }) => `${name.padEnd(width)}${about}`).join('\n')}\n`;
};

const list = (invocation: Invocation, { samples }: PlayedForge): number => {
  const events = samples.map(({ name, about, header }) => ({ name, about, header }));
  invocation.out(invocation.json ? `${toJson({ type: 'events', events }, 2)}\n` : listText(samples));
  return EXIT.ok;
};

const MIB = 1024 * 1024;

/** Editors of Windows put it before a text; no JSON begins with it (RFC 8259, 8.1). */
const BYTE_ORDER_MARK = /^\uFEFF/;

/** @throws ChatopsError USAGE */
export const readCapturedText = (path: string, { largestCapturedMib }: PlayedForge): string => {
  const read = readBounded(path, largestCapturedMib * MIB);
  if (read.kind === 'text') return read.text.replace(BYTE_ORDER_MARK, '');
  const why = { none: 'ENOENT', 'too-large': `it is larger than ${largestCapturedMib} MiB`, refused: '' }[read.kind];
  throw usage(
    `${path} cannot be read`,
    read.kind === 'refused' ? read.why : why,
    'name a file with a captured delivery',
  );
};

const findSample = ({ samples }: PlayedForge, event: string | undefined): Sample => {
  const found = samples.find(({ name }) => name === event);
  if (found) return found;
  const names = samples.map(({ name }) => name);
  if (event === undefined) {
    throw usage(
      'no event is named',
      'simulate plays one event',
      'name one (`chatops-up simulate --list`), or give --file',
    );
  }
  const meant = nearest(event, names);
  const next = meant === undefined ? 'run `chatops-up simulate --list`' : `did you mean ${meant}?`;
  throw usage(`there is no event ${event}`, `${names.length} are known`, next);
};

/** The first announced project; without one a name that is nobody's. */
export const projectOf = ({ stack }: Desired): string => announcedProject(stack) ?? 'chatops/simulated';

/** A message can be shown without a stack: then as a default one would show it. */
export const desiredFor = async (
  invocation: Invocation,
  { render }: Pick<SimulateOptions, 'render'>,
  { exampleConfig }: PlayedForge,
): Promise<Desired> =>
  render && readConfigText(invocation.dir) === undefined
    ? describe(exampleConfig, CONFIG_FILE, ownHouse())
    : readDesired(invocation);

interface Played {
  readonly delivery: PlayedDelivery;
  readonly word: string | undefined;
}

const play = (desired: Desired, played: PlayedForge, { event, file }: SimulateOptions): Played => {
  const forge = desired.stack.offers.forge?.publicUrl ?? played.exampleUrl;
  if (file !== undefined) {
    return { delivery: played.captured(readCapturedText(file, played), basename(file), forge), word: undefined };
  }
  const word = randomWord();
  const context = { now: new Date(), forge, project: projectOf(desired), word };
  return { delivery: played.play(findSample(played, event), context), word };
};

const simulationOf = (desired: Desired, played: Played, kept: Secret, options: SimulateOptions): Simulation => {
  const room = options.room?.replace(/^#/, '') ?? announcedRooms(desired.stack)[0] ?? 'general';
  const secret = tokenFor(desired.stack, room, kept);
  const send = { secret, encoding: options.form ? 'form' : 'json', uuid: randomUUID } as const;
  return { ...played, send, kept, room, waitMs: options.waitMs };
};

const NOTHING = 'the notifier says nothing about this event\n';

export const shownText = (shown: Shown, poster: string): string => {
  if (shown.kind === 'message') return showMessage(shown.parts, shown.room, poster);
  return shown.kind === 'nothing' ? NOTHING : `the notifier refuses it: ${shown.why}\n`;
};

const renderOnly = async (invocation: Invocation, forge: PlayedForge, options: SimulateOptions): Promise<number> => {
  const desired = await desiredFor(invocation, options, forge);
  const secret = new Secret(randomUUID());
  const simulation = simulationOf(desired, play(desired, forge, options), secret, options);
  const shown = await renderSimulation(desired, simulation, createNotifier());
  const { name } = simulation.delivery;
  invocation.out(
    invocation.json
      ? `${toJson({ type: 'simulate', event: name, rendered: shown }, 2)}\n`
      : shownText(shown, desired.stack.offers.chat?.bot.username ?? ''),
  );
  return shown.kind === 'refused' ? EXIT.failed : EXIT.ok;
};

const deliveredText = ({ message, answeredMs, tookMs, status }: Delivered, room: string, poster: string): string => {
  const answered = `answered with HTTP ${status} after ${duration(answeredMs)}`;
  if (!message) return `${answered}; ${NOTHING}`;
  const parts = message.parts ?? { text: message.text, attachments: [] };
  return `${showMessage(parts, room, poster)}\n${answered}, the message was read back after ${duration(tookMs)}\n`;
};

const send = async (invocation: Invocation, options: SimulateOptions): Promise<number> => {
  const stack = await openLiveStack(invocation, { public: options.public });
  try {
    const { desired, world } = stack;
    const receiver = requireReceiver(desired.stack);
    const played = play(desired, world.playedForge, options);
    const simulation = simulationOf(desired, played, world.secrets.read(receiver.ref.secret), options);
    const delivered = await simulate(desired, world, simulation);
    const { name, header } = simulation.delivery;
    invocation.out(
      invocation.json
        ? `${toJson({ type: 'simulate', event: name, header, room: simulation.room, ...delivered }, 2)}\n`
        : deliveredText(delivered, simulation.room, desired.stack.offers.chat?.bot.username ?? ''),
    );
    return EXIT.ok;
  } finally {
    await stack.close();
  }
};

/** Exit status 0 when the message was read back, or the notifier has nothing to say about this event. */
export const simulateCommand = async (invocation: Invocation, options: SimulateOptions): Promise<number> => {
  const forge = await loadPlayedForge([...ownHouse().parts, ...(invocation.parts ?? [])]);
  if (options.list) return list(invocation, forge);
  if (options.event !== undefined && options.file !== undefined) {
    throw usage('an event and a file', 'simulate plays one of them', 'leave one out');
  }
  if (options.file === undefined) findSample(forge, options.event);
  return options.render ? renderOnly(invocation, forge, options) : send(invocation, options);
};
