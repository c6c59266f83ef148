/** A stack that stays up while a test, as a person would, talks REST to its servers. */
import { type Ended, type RunOptions, start, type TestStack } from './cli.ts';

// biome-ignore lint/suspicious/noExplicitAny: a test reads whatever JSON came
export type Json = any;

export interface LiveStack {
  /** Rocket.Chat as its administrator; `channels.create`. @throws Error unless it answers success */
  chat(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Json>;
  /** GitLab as root; `/projects`. @throws Error unless it answers 2xx */
  gitlab(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<Json>;
  /** Interrupts it as Ctrl-C would. */
  end(): Promise<Ended>;
}

const STAYS = 'the servers keep running until this command is interrupted';

const ask = async (url: string, method: string, headers: Record<string, string>, body: unknown): Promise<Json> => {
  const answer = await fetch(url, {
    method,
    headers: { 'Content-Type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
};

/** Runs `up --stay` and waits until it has told what it came to, good or bad. */
export const keepUp = async (stack: TestStack, options: RunOptions = {}): Promise<LiveStack> => {
  const running = start('chatops-up', ['up', '--stay', '--dir', stack.dir, '--engine', 'embedded'], options);
  await running.says(STAYS);
  const places = JSON.parse(stack.read('.chatops/embedded/places.json')) as Record<string, number>;
  const chatUrl = `http://127.0.0.1:${places['rocketchat:3000']}/api/v1`;
  const gitlabUrl = `http://127.0.0.1:${places['gitlab:80']}/api/v4`;
  let session: Promise<Record<string, string>> | undefined;
  const logIn = async (): Promise<Record<string, string>> => {
    const { data } = await ask(`${chatUrl}/login`, 'POST', {}, adminLogin(stack));
    return { 'X-Auth-Token': data.authToken, 'X-User-Id': data.userId };
  };
  return {
    chat: async (method, path, body) => {
      session ??= logIn();
      const answer = await ask(`${chatUrl}/${path}`, method, await session, body);
      if (!answer.success) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer;
    },
    gitlab: (method, path, body) =>
      ask(`${gitlabUrl}${path}`, method, { 'PRIVATE-TOKEN': stack.secret('CHATOPS_GITLAB_TOKEN') }, body),
    end: () => {
      running.process.kill('SIGINT');
      return running.ended;
    },
  };
};

const adminLogin = (stack: TestStack) => ({ user: 'chief', password: stack.secret('CHATOPS_ADMIN_PASSWORD') });
