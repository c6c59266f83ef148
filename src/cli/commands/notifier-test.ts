/**
 * `notifier test`: what the stack's own notifier makes of deliveries, against the messages accepted before.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Desired, renderSimulation } from '../../../operations.ts';
import { createFiles } from '../../adapters/files.ts';
import { sectionOf } from '../../config/section.ts';
import { tokenFor } from '../../contracts/hook-token.ts';
import type { PlayedDelivery, PlayedForge } from '../../contracts/played-forge.ts';
import { CHAT } from '../../contracts/sections/chat.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { toJson } from '../../report/json.ts';
import { requireReceiver } from '../../simulate/receiver.ts';
import { compareMessages, type Played, replayText } from '../../simulate/replay.ts';
import { announcedRooms } from '../../stack/offers.ts';
import { Secret } from '../../values/secret.ts';
import { readJson } from '../../values/shape.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { createNotifier } from '../../wiring/notifier.ts';
import { ownHouse } from '../../wiring/own-house.ts';
import { loadPlayedForge } from '../../wiring/played-forge.ts';
import { desiredFor, projectOf, readCapturedText, shownText } from './simulate.ts';

export interface NotifierTestOptions {
  /** Absolute path of a folder with captured deliveries. Default: the events that `simulate --list` names. */
  readonly deliveries: string | undefined;
  /** Accept the messages as they are now. */
  readonly update: boolean;
}

const FOLDER = '__messages__';
const END = '.txt';
/** The same at every call, so that messages are too. */
const SAMPLE_DATE = new Date('2026-01-05T09:00:00Z');

const namesIn = (dir: string, end: string): readonly string[] | undefined => {
  try {
    return readdirSync(dir)
      .filter((name) => name.endsWith(end))
      .sort();
  } catch {
    return undefined;
  }
};

const noDeliveries = (dir: string, why: string): ChatopsError =>
  new ChatopsError('USAGE', {
    what: `${dir} holds no deliveries`,
    why,
    next: "put payloads, or entries of the forge's log of a hook's deliveries, there as .json files",
  });

/** A file holds one delivery, or the list that the forge's log gives. */
const deliveriesIn = (dir: string, file: string, forge: PlayedForge): readonly PlayedDelivery[] => {
  const text = readCapturedText(join(dir, file), forge);
  const name = basename(file, '.json');
  const list = readJson(text);
  if (!Array.isArray(list)) return [{ ...forge.captured(text, file, forge.exampleUrl), name }];
  return list.map((entry, index) => ({
    ...forge.captured(JSON.stringify(entry), `${file}[${index}]`, forge.exampleUrl),
    name: `${name}-${index + 1}`,
  }));
};

const samples = (desired: Desired, forge: PlayedForge): readonly PlayedDelivery[] => {
  const url = desired.stack.offers.forge?.publicUrl ?? forge.exampleUrl;
  const context = { now: SAMPLE_DATE, forge: url, project: projectOf(desired), word: 'example' };
  return forge.samples.map((sample) => forge.play(sample, context));
};

/** @throws ChatopsError USAGE */
const captured = (dir: string, forge: PlayedForge): readonly PlayedDelivery[] => {
  const files = namesIn(dir, '.json');
  if (files === undefined) throw noDeliveries(dir, 'it is not a folder that can be read');
  if (files.length === 0) throw noDeliveries(dir, 'no file in it ends with .json');
  return files.flatMap((file) => deliveriesIn(dir, file, forge));
};

/** Each by itself: what one delivery leaves in the script's memory is not there for the next. */
const play = async (desired: Desired, deliveries: readonly PlayedDelivery[]): Promise<readonly Played[]> => {
  const runner = createNotifier();
  const room = announcedRooms(desired.stack)[0] ?? 'general';
  const kept = new Secret('a secret of this replay');
  const send = { secret: tokenFor(desired.stack, room, kept), encoding: 'json', uuid: () => 'uuid' } as const;
  const played: Played[] = [];
  for (const delivery of deliveries) {
    const shown = await renderSimulation(desired, { delivery, send, kept, room, word: undefined, waitMs: 0 }, runner);
    played.push({ name: delivery.name, text: shownText(shown, sectionOf(desired.config, CHAT).bot.username) });
  }
  return played;
};

const acceptedIn = (folder: string, forge: PlayedForge): ReadonlyMap<string, string> =>
  new Map(
    (namesIn(folder, END) ?? []).map((file) => [basename(file, END), readCapturedText(join(folder, file), forge)]),
  );

/** Exit status 0 when every message is as it was accepted, or was accepted just now; else 1. */
export const notifierTestCommand = async (
  invocation: Invocation,
  { deliveries, update }: NotifierTestOptions,
): Promise<number> => {
  const own = await loadPlayedForge([...ownHouse().parts, ...(invocation.parts ?? [])]);
  const desired = await desiredFor(invocation, { render: true }, own);
  const forge = await loadPlayedForge(desired.house.parts);
  requireReceiver(desired.stack);
  const base = deliveries ?? invocation.dir;
  const folder = join(base, FOLDER);
  const played = await play(desired, deliveries === undefined ? samples(desired, forge) : captured(deliveries, forge));
  const accepted = acceptedIn(folder, forge);
  const compared = compareMessages(played, accepted);
  const wrong = compared.filter(({ state }) => state !== 'same');
  if (update) {
    const files = createFiles(base);
    const changed = new Set(wrong.map(({ name }) => name));
    for (const { name, text } of played) if (changed.has(name)) await files.write(`${FOLDER}/${name}${END}`, text);
    for (const { name, state } of wrong) if (state === 'gone') await files.remove(`${FOLDER}/${name}${END}`);
  }
  const next = update ? `the others were accepted into ${folder}` : 'accept the others with --update';
  invocation.out(
    invocation.json
      ? `${toJson({ type: 'notifier-test', folder, accepted: update, messages: compared }, 2)}\n`
      : replayText(compared, next),
  );
  return wrong.length === 0 || update ? EXIT.ok : EXIT.failed;
};
