/**
 * A webhook's script in an empty node:vm context: the language's built-ins, `console` and `Store`, as in Rocket.Chat's
 * sandbox (buildSandbox.ts there). What crosses the border is text. Not a wall against hostile code: for our own script.
 */
import { createContext, Script } from 'node:vm';
import type { ScriptRequest, ScriptResult, ScriptRunner } from '../../../contracts/script-runner.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';

/** Rocket.Chat gives a script 3 s to load. */
const TIMEOUT_MS = 3_000;

const BORDER = `(requestText) => {
  const kept = {};
  globalThis.Store = { get: (key) => kept[key], set: (key, value) => { kept[key] = value; return value; } };
  const say = () => undefined;
  globalThis.console = { log: say, info: say, warn: say, error: say, debug: say };
  return Promise.resolve(new globalThis.__Script().process_incoming_request({ request: JSON.parse(requestText) }))
    .then((result) => JSON.stringify(result === undefined ? null : result));
}`;

const requestOf = ({ headers, query, content }: ScriptRequest): string => {
  const search = new URLSearchParams(query).toString();
  const url = { query, search: search === '' ? '' : `?${search}`, pathname: '/hooks/rendered', hash: null };
  return JSON.stringify({ headers, url, content, body: content, content_raw: JSON.stringify(content), url_params: {} });
};

const wordsOf = (error: unknown): string => {
  if (typeof error === 'string') return error;
  if (typeof error !== 'object' || error === null) return 'without words';
  const { error: inner, message } = error as Readonly<Record<string, unknown>>;
  return [inner, message].find((each): each is string => typeof each === 'string') ?? JSON.stringify(error);
};

const judge = (text: string): ScriptResult => {
  const result = JSON.parse(text) as Readonly<Record<string, unknown>> | null;
  if (!result) return { kind: 'nothing' };
  if (result.error) return { kind: 'refused', why: wordsOf(result.error) };
  const { content } = result;
  if (typeof content !== 'object' || content === null) {
    throw new ChatopsError('INTERNAL', { what: 'the notifier script returned neither a message nor a refusal' });
  }
  return { kind: 'message', content: content as Readonly<Record<string, unknown>> };
};

export const createScriptRunner = (): ScriptRunner => ({
  run: async (script, request) => {
    const context = createContext(Object.create(null), { codeGeneration: { strings: false, wasm: false } });
    try {
      new Script(`${script}\n;globalThis.__Script = Script;`, { filename: 'notifier.js' }).runInContext(context, {
        timeout: TIMEOUT_MS,
      });
      const call: unknown = new Script(BORDER).runInContext(context);
      return judge(await (call as (text: string) => Promise<string>)(requestOf(request)));
    } catch (cause) {
      if (cause instanceof ChatopsError) throw cause;
      // An error of another context is no instance of our Error.
      const why = String((cause as { readonly message?: unknown }).message ?? cause);
      throw new ChatopsError('INTERNAL', { what: 'the notifier script failed', why, cause });
    }
  },
});
