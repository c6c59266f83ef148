/** chatops.yaml where there is none: from a user's answers, or from the defaults when nobody can answer. */
import { createFiles } from '../adapters/files.ts';
import type { Additions } from '../config/additions.ts';
import type { Config } from '../config/config.ts';
import { configJsonSchema } from '../config/json-schema.ts';
import { loadConfig } from '../config/load.ts';
import { sampleConfig } from '../config/sample.ts';
import { applySettings } from '../config/settings.ts';
import { type FirstQuestion, firstQuestions } from './first-questions.ts';
import type { Invocation } from './invocation.ts';
import { freePortFor, isPortKey, judgeAnswer } from './judge-answer.ts';
import { OPEN_QUESTIONS_FILE, openQuestionsText, readOpenQuestions } from './open-questions.ts';
import { ownAdditions } from './own-house.ts';
import { CONFIG_FILE, USERS_OWN } from './stack-directory.ts';

type Asking = Pick<Invocation, 'dir' | 'set' | 'ask'>;

const read = (text: string, additions: Additions): Config => loadConfig(text, CONFIG_FILE, additions).config;

/** As it will be with the `--set` edits, which are made later; those that will be refused then change nothing here. */
const readWithEdits = (text: string, set: readonly string[], additions: Additions): Config => {
  try {
    return read(applySettings(text, set, configJsonSchema(additions)), additions);
  } catch {
    return read(text, additions);
  }
};

/** What the file says; of a port that is taken a free one. */
const defaultFor = async (
  text: string,
  { key, stands }: FirstQuestion,
  config: Config,
  additions: Additions,
): Promise<string> => {
  const said = stands(config);
  return isPortKey(key) ? String(await freePortFor(text, key, Number(said), additions)) : said;
};

/** Every answer is in the file before the next question. @throws ChatopsError INTERRUPTED */
const askThrough = async (
  begun: string,
  questions: readonly FirstQuestion[],
  { ask, dir, set }: Asking & { readonly ask: NonNullable<Invocation['ask']> },
): Promise<string> => {
  const additions = ownAdditions();
  const files = createFiles(dir, { followed: USERS_OWN });
  let text = begun;
  for (const [at, question] of questions.entries()) {
    const { key, message, stands, when } = question;
    const now = text;
    const config = readWithEdits(now, set, additions);
    if (when !== undefined && !when(config)) continue;
    const answer = await ask({
      message,
      default: await defaultFor(now, question, config, additions),
      judge: (given) => judgeAnswer(now, key, given, additions),
    });
    if (answer !== stands(read(now, additions)))
      text = applySettings(now, [`${key}=${answer}`], configJsonSchema(additions));
    const open = questions.slice(at + 1).map((later) => later.key);
    await files.write(CONFIG_FILE, text);
    if (open.length > 0) await files.write(OPEN_QUESTIONS_FILE, openQuestionsText(open));
    else await files.remove(OPEN_QUESTIONS_FILE);
  }
  return text;
};

const isSet = (key: string, set: readonly string[]): boolean =>
  set.some((setting) => setting.slice(0, setting.indexOf('=')).trim() === key);

/**
 * Without the `--set` edits: which keys there are is known to the parts that it names; what they answer is not asked.
 * @throws ChatopsError INTERRUPTED, USAGE
 */
export const newConfig = async ({ dir, set, ask }: Asking): Promise<string> => {
  const text = sampleConfig(ownAdditions());
  if (!ask) return text;
  const questions = firstQuestions(ownAdditions()).filter(({ key }) => !isSet(key, set));
  return askThrough(text, questions, { dir, set, ask });
};

/** Whether somebody who can be asked left questions open in an earlier run. */
export const isHalfAnswered = ({ dir, ask }: Asking): boolean => ask !== undefined && readOpenQuestions(dir).length > 0;

/** Goes on where an interruption ended the questions. @param text as it stands now, also by hand @throws as `newConfig` */
export const restOfConfig = async (text: string, { dir, set, ask }: Asking): Promise<string> => {
  if (!ask) return text;
  const open = readOpenQuestions(dir);
  const questions = firstQuestions(ownAdditions()).filter(({ key }) => open.includes(key) && !isSet(key, set));
  return askThrough(text, questions, { dir, set, ask });
};
