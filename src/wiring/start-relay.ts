/** A relay with its server, until it is stopped: for the command, and for the player of a stack's service. */
import { randomUUID } from 'node:crypto';
import { createClock } from '../adapters/clock.ts';
import { createFiles } from '../adapters/files.ts';
import { serveHooks } from '../adapters/hook-server.ts';
import type { Http } from '../contracts/http.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { toChatopsError } from '../errors/chatops-error.ts';
import { openMemory } from '../parts/relay/program/memory-file.ts';
import { answerRequest } from '../parts/relay/program/protocol.ts';
import { createRelay } from '../parts/relay/program/relay.ts';
import type { RelayFile } from '../parts/relay/program/relay-file.ts';
import type { Clean } from '../values/words/clean.ts';
import { chooseChat } from './relay-chat.ts';

export const HOOK_SECRET_VARIABLE = 'CHATOPS_HOOK_SECRET';

export interface RelayStart {
  readonly file: RelayFile;
  readonly secrets: Secrets;
  readonly http: Http;
  /** Where it keeps its memory, absolute. */
  readonly stateDir: string;
  /** 0: any free one. */
  readonly port: number;
  /** Default: every address. */
  readonly host?: string;
  readonly say: (line: string) => void;
  /** For its answers. */
  readonly clean: Clean;
  readonly signal: AbortSignal;
}

export interface RunningRelay {
  readonly port: number;
  /** Resolves when everything is at rest after the signal was aborted. */
  readonly ended: Promise<void>;
}

/** @throws ChatopsError SECRET_MISSING, DIRECTORY_UNUSABLE, PORT_TAKEN */
export const startRelay = async (start: RelayStart): Promise<RunningRelay> => {
  const { file, secrets, http, stateDir, port, host, say, clean, signal } = start;
  const clock = createClock();
  const { sink, render } = chooseChat(file, { http, clock, secrets, warn: say });
  const { channels, hooks, notifier, rooms, filters, oneMessage } = file;
  const own = hooks === undefined ? {} : { hooks };
  const settings = { channels, ...own, notifier, rooms, filters, oneMessage: oneMessage && sink.remembers };
  const relay = await createRelay({
    settings,
    secret: secrets.read(HOOK_SECRET_VARIABLE),
    memory: await openMemory({ files: createFiles(stateDir), newId: randomUUID, say }),
    sink,
    render,
    clock,
    say,
  });
  const server = await serveHooks({
    port,
    clean,
    ...(host === undefined ? {} : { host }),
    onError: (thrown) => say(`a request could not be answered: ${toChatopsError(thrown).message}`),
    handle: (request) => answerRequest(relay, request, signal),
  });
  const running = relay.run(signal);
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
  // No delivery is taken any more while the last message is on its way.
  const ended = stopped.then(async () => void (await Promise.all([server.close(), running])));
  return { port: server.port, ended };
};
