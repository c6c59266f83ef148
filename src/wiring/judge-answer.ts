/** Whether an answer will do: by the rules of chatops.yaml, in their own words, and by what is free on this machine. */
import { freePortAfter } from '../adapters/free-port.ts';
import { portOwner } from '../adapters/port-owner.ts';
import { portTrouble } from '../adapters/port-trouble.ts';
import type { Additions } from '../config/additions.ts';
import { configJsonSchema } from '../config/json-schema.ts';
import { loadConfig } from '../config/load.ts';
import { ConfigError, type ConfigProblem } from '../config/problem.ts';
import { applySettings } from '../config/settings.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { CONFIG_FILE } from './stack-directory.ts';

const problemsOf = (text: string, additions: Additions): readonly ConfigProblem[] => {
  try {
    loadConfig(text, CONFIG_FILE, additions);
    return [];
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problems;
    throw thrown;
  }
};

const inWords = ({ message, fix }: ConfigProblem): string => (fix === undefined ? message : `${message}; ${fix}`);

/** Pure. What is wrong with the answer by the rules of the file, and was not wrong before it. */
export const refusedByRules = (text: string, key: string, answer: string, additions: Additions): string | undefined => {
  const before = new Set(problemsOf(text, additions).map(({ path }) => path));
  try {
    const after = applySettings(text, [`${key}=${answer}`], configJsonSchema(additions));
    const found = problemsOf(after, additions).find(({ path }) => path === key || !before.has(path));
    return found && (found.path === key ? inWords(found) : `${found.path}: ${inWords(found)}`);
  } catch (thrown) {
    if (thrown instanceof ChatopsError) return thrown.why ?? thrown.what;
    throw thrown;
  }
};

/** Where the file has ports opened. */
const bindOf = (text: string, additions: Additions): string => loadConfig(text, CONFIG_FILE, additions).config.bind;

/** Ports that the file gives to others. */
const othersOf = (text: string, key: string, additions: Additions): ReadonlySet<number> =>
  new Set(
    Object.entries(loadConfig(text, CONFIG_FILE, additions).config.ports)
      .filter(([name]) => key !== `ports.${name}`)
      .map(([, port]) => port),
  );

export const isPortKey = (key: string): boolean => key.startsWith('ports.');

/** The port itself where it is free and nobody else's, or the next one that is. */
export const freePortFor = async (text: string, key: string, port: number, additions: Additions): Promise<number> => {
  const others = othersOf(text, key, additions);
  const isFree = !others.has(port) && (await portTrouble(port, bindOf(text, additions))) === undefined;
  return isFree ? port : ((await freePortAfter(port, others)) ?? port);
};

const refusedByMachine = async (text: string, key: string, port: number, additions: Additions) => {
  const trouble = await portTrouble(port, bindOf(text, additions));
  if (trouble === undefined) return undefined;
  if (trouble === 'EACCES') return `port ${port} cannot be opened: ports below 1024 need root`;
  if (trouble !== 'EADDRINUSE') return `port ${port} cannot be opened: ${trouble}`;
  const [owner, free] = [await portOwner(port), await freePortAfter(port, othersOf(text, key, additions))];
  return `port ${port} is taken by ${owner ?? 'another program'}${free === undefined ? '' : `; ${free} is free`}`;
};

/** @returns what is wrong with it; undefined when it will do */
export const judgeAnswer = async (
  text: string,
  key: string,
  answer: string,
  additions: Additions,
): Promise<string | undefined> =>
  refusedByRules(text, key, answer, additions) ??
  (isPortKey(key) ? await refusedByMachine(text, key, Number(answer), additions) : undefined);
