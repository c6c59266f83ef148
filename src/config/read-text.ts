/** The text of chatops.yaml as a mapping whose every part can be pointed at. */
import { refuse } from './judged.ts';
import type { Path } from './path.ts';
import { plainData } from './plain-data.ts';
import { ConfigError, type ConfigProblem } from './problem.ts';
import { parseSource, type Source } from './source.ts';
import { nestsTooDeeply, wholeFile, yamlProblems } from './yaml-problems.ts';

/** Characters of chatops.yaml; a thousand rooms and a thousand users take about a tenth of it. */
export const LARGEST_CONFIG = 1024 * 1024;

export interface ReadText {
  readonly source: Source;
  readonly data: object;
}

/**
 * @param name how messages call the file
 * @param asWritten places whose text counts even where YAML reads a number
 * @throws ConfigError CONFIG_INVALID when it is no mapping; CONFIG_TOO_LARGE
 */
export const readText = (text: string, name: string, asWritten: readonly Path[] = []): ReadText => {
  refuseUnreadable(text, name);
  const source = parseSource(text, name);
  refuse(source, yamlProblems(source));
  return { source, data: mapping(source, asWritten) };
};

const bare = (message: string, fix: string): ConfigProblem => ({ path: '', line: 1, column: 1, message, fix });

const refuseUnreadable = (text: string, source: string): void => {
  if (text.length > LARGEST_CONFIG) {
    const size = `${(text.length / LARGEST_CONFIG).toFixed(1)} Mi characters`;
    const problem = bare(`${size}, and a configuration has at most 1 Mi`, 'name the right file');
    throw new ConfigError(source, [problem], 'CONFIG_TOO_LARGE');
  }
  if (text.includes('\0') || text.includes('\uFFFD')) {
    throw new ConfigError(source, [bare('not UTF-8 text', 'save the file as UTF-8, or name the right file')]);
  }
  if (nestsTooDeeply(text)) {
    throw new ConfigError(source, [bare('nested too deeply to be a configuration', 'name the right file')]);
  }
};

const mapping = (source: Source, asWritten: readonly Path[]): object => {
  const { data, problem } = plainData(source, asWritten);
  if (problem !== undefined) refuse(source, [problem]);
  if (data === null || data === undefined) {
    const message = 'the file is empty';
    refuse(source, [
      wholeFile(source, message, 'write `name: chatops` for the default stack, or run `chatops-up init`'),
    ]);
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data)) {
    const kind = Array.isArray(data) ? 'a list' : 'a single value';
    const message = `must be a mapping (\`key: value\` lines), not ${kind}`;
    throw new ConfigError(source.name, [wholeFile(source, message, 'begin with `name: chatops`')]);
  }
  return data;
};
