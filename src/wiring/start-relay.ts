/** A relay with its server, until it is stopped: for the command, and for the player of a stack's service. */
import { randomUUID } from 'node:crypto';
import { createClock } from '../adapters/clock.ts';
import { createFiles } from '../adapters/files.ts';
import { serveHooks } from '../adapters/hook-server.ts';
import type { Http } from '../contracts/http.ts';
import type { Secrets } from '../contracts/secrets.ts';
import { toChatopsError } from '../errors/chatops-error.ts';
import { LARGEST_BODY, tooLarge } from '../relay/delivery.ts';
import { openMemory } from '../relay/memory-file.ts';
import { createRelay } from '../relay/relay.ts';
import type { RelayFile } from '../relay/relay-file.ts';
import type { Clean } from '../values/words/clean.ts';
import { chooseChat } from './relay-chat.ts';

export const HOOK_SECRET_VARIABLE = 'CHATOPS_HOOK_SECRET';
const HEALTH_PATH = '/health';
/** Whether it answers at all; below the one path that the front door passes on. */
const ALIVE_PATH = '/hooks/alive';
const SECRETS_PATH = '/hooks/secrets';

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
  const { channels, notifier, rooms, filters, oneMessage } = file;
  const settings = { channels, notifier, rooms, filters, oneMessage: oneMessage && sink.remembers };
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
    handle: async (request) => {
      const asked = `${request.method} ${request.url.split('?')[0]}`;
      if (asked === `GET ${HEALTH_PATH}`) return relay.health(signal);
      if (asked === `GET ${ALIVE_PATH}`) return { status: 200, body: { alive: true } };
      if (asked === `GET ${SECRETS_PATH}`) return relay.secrets(request);
      if (asked === `DELETE ${SECRETS_PATH}`) return relay.forgetSecrets(request);
      const head = relay.head(request);
      const refused = 'status' in head ? head : undefined;
      const body = refused ? undefined : await request.body(LARGEST_BODY);
      if (!('room' in head) || body === undefined) {
        const { status, error, why } = refused ?? tooLarge;
        return { status, body: { success: false, error, why } };
      }
      return relay.take(request, head.room, body);
    },
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
