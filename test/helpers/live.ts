/** A stack that stays up while a test, as a user would, talks REST to its servers. */
import { request } from 'node:http';
import { type Ended, type RunOptions, start, type TestStack } from './cli.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came
export type Json = any;

export interface Servers {
  /** Rocket.Chat as its administrator; `channels.create`. @throws Error unless it answers success */
  chat(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Json>;
  /** GitLab as root; `/projects`. @throws Error unless it answers 2xx */
  gitlab(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Json>;
}

export interface LiveStack extends Servers {
  /** Interrupts it as Ctrl-C would. */
  end(): Promise<Ended>;
}

/** A port of this machine's loopback, and the name asked for there. */
export interface Place {
  readonly port: number;
  readonly host: string;
}

const STAYS = 'the servers keep running until this command is interrupted';

const ask = (
  { port, host }: Place,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: unknown,
): Promise<Json> =>
  new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, method, path, agent: false };
    const sent = request(
      { ...options, headers: { Host: `${host}:${port}`, 'Content-Type': 'application/json', ...headers } },
      (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
        });
        answer.once('error', reject);
        answer.once('end', () => {
          const status = answer.statusCode ?? 0;
          if (status < 200 || status > 299) reject(new Error(`${method} ${path}: ${status} ${text}`));
          else resolve(text === '' ? undefined : JSON.parse(text));
        });
      },
    );
    sent.once('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });

/** Both servers of a stack, where they answer. */
export const serversOf = (stack: TestStack, places: { readonly chat: Place; readonly gitlab: Place }): Servers => {
  let session: Promise<Record<string, string>> | undefined;
  const logIn = async (): Promise<Record<string, string>> => {
    const login = { user: 'chief', password: stack.secret('CHATOPS_ADMIN_PASSWORD') };
    const { data } = await ask(places.chat, 'POST', '/api/v1/login', {}, login);
    return { 'X-Auth-Token': data.authToken, 'X-User-Id': data.userId };
  };
  return {
    chat: async (method, path, body) => {
      session ??= logIn();
      const answer = await ask(places.chat, method, `/api/v1/${path}`, await session, body);
      if (!answer.success) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer;
    },
    gitlab: (method, path, body) => {
      const token = { 'PRIVATE-TOKEN': stack.secret('CHATOPS_GITLAB_TOKEN') };
      return ask(places.gitlab, method, `/api/v4${path}`, token, body);
    },
  };
};

/** Runs `up --stay` and waits until it has reported what it came to, good or bad. */
export const keepUp = async (stack: TestStack, options: RunOptions = {}): Promise<LiveStack> => {
  const running = start('chatops-up', ['up', '--stay', '--dir', stack.dir, '--engine', 'embedded'], options);
  await running.says(STAYS);
  const places = JSON.parse(stack.read('.chatops/embedded/places.json')) as Record<string, number>;
  const at = (name: string): Place => ({ port: places[name] ?? 0, host: '127.0.0.1' });
  return {
    ...serversOf(stack, { chat: at('rocketchat:3000'), gitlab: at('gitlab:80') }),
    end: () => {
      running.process.kill('SIGINT');
      return running.ended;
    },
  };
};
