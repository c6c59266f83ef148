/**
 * `notifier test`: what the stack's own script makes of deliveries, against the messages accepted before. The notifier
 * is written for what GitLab delivers, so what this command reads and says is about GitLab.
 */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Desired, renderSimulation } from '../../../operations.ts';
import { createFiles } from '../../adapters/files.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { toJson } from '../../report/json.ts';
import { readCaptured } from '../../simulate/captured.ts';
import { type Delivery, USER_AGENT } from '../../simulate/delivery.ts';
import { requireReceiver } from '../../simulate/receiver.ts';
import { compareMessages, type Played, replayText } from '../../simulate/replay.ts';
import { SAMPLES } from '../../simulate/samples/index.ts';
import { deliveryOf } from '../../simulate/simulate.ts';
import { announcedRooms } from '../../stack/offers.ts';
import { Secret } from '../../values/secret.ts';
import { readJson } from '../../values/shape.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { createNotifier } from '../../wiring/notifier.ts';
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
const GITLAB = 'https://gitlab.example.org';

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
    next: "put payloads, or entries of GitLab's log of a hook's deliveries, there as .json files",
  });

/** A file holds one delivery, or the list that GitLab's log gives. */
const deliveriesIn = (dir: string, file: string): readonly Delivery[] => {
  const text = readCapturedText(join(dir, file));
  const name = basename(file, '.json');
  const list = readJson(text);
  if (!Array.isArray(list)) return [{ ...readCaptured(text, file, GITLAB), name }];
  return list.map((entry, index) => ({
    ...readCaptured(JSON.stringify(entry), `${file}[${index}]`, GITLAB),
    name: `${name}-${index + 1}`,
  }));
};

const samples = (desired: Desired): readonly Delivery[] => {
  const context = { now: SAMPLE_DATE, gitlab: GITLAB, project: projectOf(desired), word: 'example' };
  return SAMPLES.map((sample) => deliveryOf(sample, context, USER_AGENT));
};

/** @throws ChatopsError USAGE */
const captured = (dir: string): readonly Delivery[] => {
  const files = namesIn(dir, '.json');
  if (files === undefined) throw noDeliveries(dir, 'it is not a folder that can be read');
  if (files.length === 0) throw noDeliveries(dir, 'no file in it ends with .json');
  return files.flatMap((file) => deliveriesIn(dir, file));
};

/** Each by itself: what one delivery leaves in the script's memory is not there for the next. */
const play = async (desired: Desired, deliveries: readonly Delivery[]): Promise<readonly Played[]> => {
  const runner = createNotifier();
  const room = announcedRooms(desired.stack)[0] ?? 'general';
  const send = { secret: new Secret('a secret of this replay'), encoding: 'json', uuid: () => 'uuid' } as const;
  const played: Played[] = [];
  for (const delivery of deliveries) {
    const shown = await renderSimulation(desired, { delivery, send, room, word: undefined, waitMs: 0 }, runner);
    played.push({ name: delivery.name, text: shownText(shown, desired.config.chat.bot.username) });
  }
  return played;
};

const acceptedIn = (folder: string): ReadonlyMap<string, string> =>
  new Map((namesIn(folder, END) ?? []).map((file) => [basename(file, END), readCapturedText(join(folder, file))]));

/** Exit status 0 when every message is as it was accepted, or was accepted just now; else 1. */
export const notifierTestCommand = async (
  invocation: Invocation,
  { deliveries, update }: NotifierTestOptions,
): Promise<number> => {
  const desired = await desiredFor(invocation, { render: true });
  requireReceiver(desired.stack);
  const base = deliveries ?? invocation.dir;
  const folder = join(base, FOLDER);
  const played = await play(desired, deliveries === undefined ? samples(desired) : captured(deliveries));
  const accepted = acceptedIn(folder);
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
