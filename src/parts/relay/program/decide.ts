/** A delivery and what is remembered → what is to be posted, and what is to be remembered. Pure. */
import { announce } from '../../../notifier/core/announce.ts';
import type { Memory } from '../../../notifier/core/memory.ts';
import type { Message } from '../../../notifier/core/message.ts';
import { pathOf } from '../../../notifier/core/place.ts';
import type { Settings } from '../../../notifier/core/settings.ts';
import type { Delivery } from './delivery.ts';
import { runKeyOf, withStages } from './pipeline.ts';
import { isFurther, type Progress, progressOf } from './progress.ts';
import { type RelaySettings, settingsOf } from './settings.ts';
import { type Item, MOST_RUNS, MOST_SEEN, MOST_WAITING, type RelayState, type Run } from './state.ts';

/**
 * `repeated`: taken before. `late`: overtaken by a later one about the same pipeline. `unwanted`: the room does not want
 * to hear it. `full`: not taken, as too many wait for this room.
 */
export type TakeOutcome = 'post' | 'update' | 'late' | 'repeated' | 'unwanted' | 'full';

export interface Verdict {
  readonly outcome: TakeOutcome;
  readonly state: RelayState;
}

const withSeen = (state: RelayState, key: string): RelayState => ({
  ...state,
  seen: [...state.seen, key].slice(-MOST_SEEN),
});

/** The notifier's memory of a room, and what it has become. */
const memoryOf = (state: RelayState, room: string): Memory & { readonly state: () => RelayState } => {
  let value = Object.hasOwn(state.memory, room) ? state.memory[room] : undefined;
  return {
    read: () => value,
    write: (written) => {
      value = written;
    },
    state: () => (value === undefined ? state : { ...state, memory: { ...state.memory, [room]: value } }),
  };
};

const isWaiting = (item: Item, run: string | undefined): boolean =>
  run !== undefined && item.run === run && !item.tried;

const withItem = (state: RelayState, item: Item): RelayState => {
  // News of a run that is not posted yet takes the place of the older ones: after a pause there is no flood.
  if (!state.outbox.some((each) => isWaiting(each, item.run))) return { ...state, outbox: [...state.outbox, item] };
  const message = item.message;
  return { ...state, outbox: state.outbox.map((each) => (isWaiting(each, item.run) ? { ...each, message } : each)) };
};

const withRun = (state: RelayState, key: string, progress: Progress): RelayState => {
  const before = state.runs.find((run) => run.key === key);
  const others = state.runs.filter((run) => run.key !== key);
  const run: Run = { ...(before ?? { key, again: 0 }), progress };
  return { ...state, runs: [...others, run].slice(-MOST_RUNS) };
};

/** One message for a pipeline begins with its first state; a room that wants failures only is spared that. */
const pipelineSettings = (settings: Settings): Settings => ({
  ...settings,
  intermediate: settings.loud !== 'failures',
});

/** @returns undefined when the room does not want it */
const messageOf = (
  delivery: Delivery,
  settings: Settings,
  memory: Memory,
  run: string | undefined,
): Message | undefined => {
  const { event } = delivery;
  if (run === undefined) return announce(event, settings, memory);
  const message = announce(event, pipelineSettings(settings), memory);
  return message && withStages(message, event.payload, settings.locale);
};

/** Cut texts may hold on to what they were cut from, up to the whole delivery. */
const detached = (message: Message): Message => JSON.parse(JSON.stringify(message)) as Message;

export const decide = (delivery: Delivery, state: RelayState, settings: RelaySettings): Verdict => {
  const { key, room, event } = delivery;
  if (state.seen.includes(key)) return { outcome: 'repeated', state };
  if (state.outbox.filter((item) => item.room === room).length >= MOST_WAITING) return { outcome: 'full', state };
  const run = settings.oneMessage ? runKeyOf(room, event.payload) : undefined;
  const known = state.runs.find((each) => each.key === run);
  const progress = progressOf(event.payload);
  if (known && !isFurther(progress, known.progress)) return { outcome: 'late', state: withSeen(state, key) };
  const memory = memoryOf(state, room);
  const message = messageOf(delivery, settingsOf(settings, room, pathOf(event.payload)), memory, run);
  const remembered = withSeen(memory.state(), key);
  const after = run === undefined ? remembered : withRun(remembered, run, progress);
  if (!message) return { outcome: 'unwanted', state: after };
  const item: Item = { id: key, room, message: detached(message), tried: false, ...(run === undefined ? {} : { run }) };
  const isPosted = known?.messageId !== undefined || after.outbox.some((each) => run !== undefined && each.run === run);
  return { outcome: isPosted ? 'update' : 'post', state: withItem(after, item) };
};
