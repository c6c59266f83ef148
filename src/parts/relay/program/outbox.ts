/** What is sent next, and what becomes of it. Pure. */
import { createHash } from 'node:crypto';
import type { Item, RelayState, Run } from './state.ts';

export type Sending =
  /** Tried before: it may be there already. */
  | { readonly how: 'find-or-post'; readonly item: Item; readonly key: string }
  | { readonly how: 'post'; readonly item: Item; readonly key: string }
  | { readonly how: 'update'; readonly item: Item; readonly key: string; readonly messageId: string };

/** `dropped`: the chat will never take it. */
export type Settled =
  | { readonly kind: 'posted'; readonly id?: string }
  | { readonly kind: 'updated' | 'gone' | 'dropped' };

const runOf = (state: RelayState, item: Item): Run | undefined =>
  item.run === undefined ? undefined : state.runs.find(({ key }) => key === item.run);

/** The same for the same message, also after a restart; another one for a message that takes a removed one's place. */
const messageKey = ({ instance }: RelayState, item: Item, run: Run | undefined): string => {
  const name = run === undefined ? ['item', item.id] : ['run', run.key, run.again];
  const hex = createHash('sha256')
    .update(JSON.stringify([instance, ...name]))
    .digest('hex');
  return BigInt(`0x${hex}`).toString(36).slice(0, 17);
};

/** The oldest for the room. */
export const nextSending = (state: RelayState, room: string): Sending | undefined => {
  const item = state.outbox.find((each) => each.room === room);
  if (!item) return undefined;
  const run = runOf(state, item);
  const key = messageKey(state, item, run);
  if (run?.messageId !== undefined) return { how: 'update', item, key, messageId: run.messageId };
  return { how: item.tried ? 'find-or-post' : 'post', item, key };
};

const changeItem = (state: RelayState, id: string, change: Partial<Item>): RelayState => ({
  ...state,
  outbox: state.outbox.map((item) => (item.id === id ? { ...item, ...change } : item)),
});

const changeRun = (state: RelayState, key: string | undefined, change: (run: Run) => Run): RelayState => ({
  ...state,
  runs: state.runs.map((run) => (run.key === key ? change(run) : run)),
});

/** To be kept on disk before it is sent: a run that finds it after a kill asks the chat first. */
export const markTried = (state: RelayState, { item }: Sending): RelayState =>
  changeItem(state, item.id, { tried: true });

export const settle = (state: RelayState, { item }: Sending, settled: Settled): RelayState => {
  if (settled.kind === 'gone') {
    const forgotten = changeRun(state, item.run, ({ messageId: _, ...run }) => ({ ...run, again: run.again + 1 }));
    return changeItem(forgotten, item.id, { tried: false });
  }
  const rest = { ...state, outbox: state.outbox.filter(({ id }) => id !== item.id) };
  if (settled.kind !== 'posted' || settled.id === undefined) return rest;
  const messageId = settled.id;
  return changeRun(rest, item.run, (run) => ({ ...run, messageId }));
};
