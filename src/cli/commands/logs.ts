/** Takes no lock: it only reads, and may be left running beside an `up`. */
import { createFiles } from '../../adapters/files.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { createQuietReporter, toJson } from '../../report/json.ts';
import type { Stack } from '../../stack/stack.ts';
import { createWorld } from '../../wiring/create-world.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { readDesired } from '../../wiring/live-stack.ts';
import { readSecrets } from '../../wiring/read-secrets.ts';
import { readEnvText, USERS_OWN } from '../../wiring/stack-directory.ts';

export interface LogsOptions {
  /** Undefined: all. */
  readonly service: string | undefined;
  readonly follow: boolean;
  /** Lines of each container. */
  readonly tail: number;
}

/** Compose writes `bot-1  | text`. */
const LINE = /^(\S+)-\d+ +\| ?(.*)$/;

const asJson = (line: string): string => {
  const [, service, text] = LINE.exec(line) ?? [];
  return toJson({ type: 'log', ...(service === undefined ? {} : { service }), text: text ?? line });
};

const requireNode = ({ nodes }: Stack, name: string): void => {
  if (nodes.some((node) => node.name === name)) return;
  throw new ChatopsError('USAGE', {
    what: `this stack has no service ${name}`,
    why: `it has ${nodes.map((node) => node.name).join(', ')}`,
    next: 'name one of these',
  });
};

/** @throws ChatopsError CONFIG_*, USAGE (no such service), ENGINE_UNAVAILABLE (no containers), INTERRUPTED (`--follow`) */
export const logsCommand = async (invocation: Invocation, { service, follow, tail }: LogsOptions): Promise<number> => {
  const desired = await readDesired(invocation);
  if (service !== undefined) requireNode(desired.stack, service);
  const secrets = readSecrets(invocation, desired.stack, readEnvText(invocation.dir));
  const files = createFiles(invocation.dir, { followed: USERS_OWN });
  const { engine } = await createWorld(invocation, files, secrets, createQuietReporter(), desired);
  if (!engine.logs) {
    throw new ChatopsError('ENGINE_UNAVAILABLE', {
      what: 'the embedded engine keeps no logs',
      why: 'its servers run only during a command, which says what they do',
      next: 'read `.chatops/journal.jsonl` for what was changed, or add --engine docker',
    });
  }
  const show = (line: string): void => invocation.out(`${invocation.json ? asJson(line) : line}\n`);
  const wanted = { services: service === undefined ? [] : [service], follow, tail };
  await engine.logs(desired.stack, wanted, show, invocation.signal);
  return EXIT.ok;
};
