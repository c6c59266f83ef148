/** Takes deliveries, remembers them on disk, and posts to the chat: one message after the other in each room. */

import type { ChatSink } from '../../../contracts/chat-sink.ts';
import type { Clock } from '../../../contracts/clock.ts';
import type { Secret } from '../../../values/secret.ts';
import { decide, type TakeOutcome } from './decide.ts';
import { type HookHead, judgeHead, type Rejection, readDelivery, wrongSecret } from './delivery.ts';
import type { MemoryFile } from './memory-file.ts';
import { markTried, nextSending } from './outbox.ts';
import type { RenderBody } from './render-body.ts';
import { sendOne } from './send-one.ts';
import type { RelaySettings } from './settings.ts';
import type { RelayState } from './state.ts';
import { isAmong, stillTaken, type TakenSecret, takenOf, withCurrent, withoutFormer } from './taken-secrets.ts';

export interface RelayOptions {
  readonly settings: RelaySettings;
  readonly secret: Secret;
  readonly memory: MemoryFile;
  readonly sink: ChatSink;
  readonly render: RenderBody;
  readonly clock: Clock;
  /** One line for the log; never a secret. */
  readonly say: (line: string) => void;
}

export interface HttpReply {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Relay {
  /** What can be said without the body. */
  head(head: HookHead): { readonly room: string } | Rejection;
  /** How many former secrets it takes beside the one it was started with: to who knows that one. */
  secrets(head: HookHead): HttpReply;
  /** From now on it takes the secret it was started with, and no other: for who knows that one. */
  forgetSecrets(head: HookHead): Promise<HttpReply>;
  /** Answers when the delivery is on disk: from then on it is not lost. */
  take(head: HookHead, room: string, body: string): Promise<HttpReply>;
  /** Whether deliveries can be taken and would be posted now. */
  health(signal: AbortSignal): Promise<HttpReply>;
  /** Posts to the chat until stopped; then the message on its way has this long to arrive, ms. Default 5 000. */
  run(signal: AbortSignal, graceMs?: number): Promise<void>;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 60_000;
/** What the chat was last found to be counts this long for all who ask. */
const HEALTH_KEPT_MS = 5_000;
/** A chat that has just come is not kept waiting for. */
const TROUBLE_KEPT_MS = 1_000;

const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

const rejection = ({ status, error, why }: Rejection): HttpReply => ({ status, body: { success: false, error, why } });

/** @throws ChatopsError DIRECTORY_UNUSABLE */
export const createRelay = async (options: RelayOptions): Promise<Relay> => {
  const { settings, secret, memory, sink, clock, say } = options;
  const now = (): number => clock.date().getTime();
  const current = takenOf(secret, settings.hooks);
  await memory.change((state) => ({ ...state, secrets: withCurrent(state.secrets, current, now()) }));
  const taken = (): readonly TakenSecret[] => stillTaken(memory.get().secrets, now());
  const rooms = Object.keys(settings.channels);
  const waiters = new Set<() => void>();
  const wake = (): void => {
    for (const waiter of waiters) waiter();
    waiters.clear();
  };
  const news = (): Promise<void> =>
    new Promise((resolve) => {
      waiters.add(resolve);
    });

  /** What has happened in the chat stays true while the disk is full: else it would happen once more. */
  const keep = async (room: string, to: (state: RelayState) => RelayState, signal: AbortSignal): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
      try {
        return await memory.change(to);
      } catch (thrown) {
        if (signal.aborted) throw thrown;
        say(`#${room}: ${reasonOf(thrown)}`);
      }
      await clock.sleep(pause, signal).catch(() => undefined);
    }
  };

  const serve = async (room: string, signal: AbortSignal, hard: AbortSignal): Promise<void> => {
    let pause = FIRST_PAUSE_MS;
    while (!signal.aborted) {
      const sending = nextSending(memory.get(), room);
      if (!sending) {
        await news();
        continue;
      }
      try {
        await memory.change((state) => markTried(state, sending));
        const sent = await sendOne(sending, settings.channels[room] ?? room, options, hard);
        if (sent.kind === 'settled') {
          await keep(room, sent.settle, signal);
          if (sent.line !== undefined) say(`#${room}: ${sent.line}`);
          pause = FIRST_PAUSE_MS;
          continue;
        }
        say(`#${room}: not now: ${sent.why}`);
        pause = Math.max(pause, sent.afterMs ?? 0);
      } catch (thrown) {
        if (hard.aborted) return;
        say(`#${room}: ${reasonOf(thrown)}`);
      }
      await clock.sleep(pause, signal).catch(() => undefined);
      pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
    }
  };

  let kept: { readonly at: number; readonly trouble: Promise<string | undefined> } | undefined;
  const chatTrouble = async (signal: AbortSignal): Promise<string | undefined> => {
    const age = kept === undefined ? Number.POSITIVE_INFINITY : clock.now() - kept.at;
    const isOld = age > HEALTH_KEPT_MS || (age > TROUBLE_KEPT_MS && (await kept?.trouble) !== undefined);
    if (!kept || isOld) {
      kept = { at: clock.now(), trouble: sink.trouble([...new Set(Object.values(settings.channels))], signal) };
    }
    return kept.trouble;
  };

  /** Digests themselves are secrets to whatever passes answers on. */
  const takes = (): HttpReply => ({ status: 200, body: { former: taken().length - 1 } });

  return {
    head: (head) => judgeHead(head, taken(), rooms),
    secrets: ({ headers }) => (isAmong(headers['x-gitlab-token'], [current.digest]) ? takes() : rejection(wrongSecret)),
    forgetSecrets: async ({ headers }) => {
      if (!isAmong(headers['x-gitlab-token'], [current.digest])) return rejection(wrongSecret);
      await memory.change((state) => ({ ...state, secrets: withoutFormer(state.secrets) }));
      return takes();
    },
    take: async (head, room, body) => {
      const delivery = readDelivery(head, room, body);
      if ('status' in delivery) return rejection(delivery);
      let outcome: TakeOutcome | undefined;
      await memory.change((state) => {
        const verdict = decide(delivery, state, settings);
        outcome = verdict.outcome;
        return verdict.state;
      });
      if (outcome === 'full') {
        const why = 'too many messages wait for this room: the chat takes none; send it again from GitLab later';
        return rejection({ status: 503, error: 'full', why });
      }
      wake();
      return { status: 202, body: { success: true, outcome } };
    },
    health: async (signal) => {
      const waiting = memory.get().outbox.length;
      const trouble = memory.trouble() ?? (await chatTrouble(signal));
      if (trouble === undefined) return { status: 200, body: { usable: true, waiting } };
      return { status: 503, body: { usable: false, waiting, why: trouble } };
    },
    run: async (signal, graceMs = 5_000) => {
      const hard = new AbortController();
      const timer = new AbortController();
      const onStop = (): void => {
        wake();
        clock.sleep(graceMs, timer.signal).then(
          () => hard.abort(new Error('stopped')),
          () => undefined,
        );
      };
      if (signal.aborted) onStop();
      else signal.addEventListener('abort', onStop, { once: true });
      await Promise.all(rooms.map((room) => serve(room, signal, hard.signal)));
      timer.abort();
    },
  };
};
