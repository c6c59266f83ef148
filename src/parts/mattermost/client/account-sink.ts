/** Mattermost as an account with a password: logged in at the first call, and again when the server has ended the session. */
import type { ChatSink, Later } from '../../../contracts/chat-sink.ts';
import type { Credentials } from '../../../contracts/credentials.ts';
import type { Http, HttpResponse } from '../../../contracts/http.ts';
import { Secret } from '../../../values/secret.ts';
import { ask, failure, isSuccess } from './answers.ts';
import { type CallApi, callWith, sinkOver } from './bot-sink.ts';
import { requestOf } from './rest.ts';

export interface AccountSinkOptions {
  readonly http: Http;
  /** `https://chat.example.org`, no trailing slash. */
  readonly base: string;
  readonly credentials: Credentials;
  /** Name of the team the channels are in. */
  readonly team: string;
}

type Session = { readonly kind: 'session'; readonly call: CallApi };

const logIn = async (
  { http, base, credentials: { username, password } }: AccountSinkOptions,
  signal: AbortSignal,
): Promise<Session | Later> => {
  const body = { login_id: username, password: password.reveal() };
  const request = requestOf(base, { method: 'POST', path: '/users/login', body });
  const answer = await ask(http, request, signal);
  if ('kind' in answer) return answer;
  // Whatever is wrong with a login, a user can set it right: nothing that waits is given up for it.
  if (!isSuccess(answer)) return { ...failure(`log in as ${username}`, answer), kind: 'later' };
  const { token } = answer.headers;
  if (token === undefined) return { kind: 'later', why: `could not log in as ${username}: the answer bears no token` };
  return { kind: 'session', call: callWith(http, base, new Secret(token)) };
};

const hasEnded = (answer: HttpResponse | Later): boolean => 'status' in answer && answer.status === 401;

export const createMattermostAccountSink = (options: AccountSinkOptions): ChatSink => {
  let session: Session | undefined;
  const call: CallApi = async (method, path, signal, body) => {
    const known = session;
    if (known) {
      const answer = await known.call(method, path, signal, body);
      if (!hasEnded(answer)) return answer;
      session = undefined;
    }
    const begun = await logIn(options, signal);
    if (begun.kind === 'later') return begun;
    session = begun;
    return begun.call(method, path, signal, body);
  };
  return sinkOver(call, options.team);
};
