import type { ErrorCode } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';

/** One thing wrong in chatops.yaml, and where. */
export interface ConfigProblem {
  /** `chat.rooms[1].members[0]`; empty for the file as a whole. */
  readonly path: string;
  /** Both from 1. Of the key when it is unknown, else of the value; of the nearest thing that is there when it is missing. */
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** What to do about it, where that can be guessed. */
  readonly fix?: string;
  /** The line and a pointer under it, secrets hidden; for the terminal, left out of JSON. */
  readonly excerpt?: string;
}

/** chatops.yaml was refused: carries every problem found, not only the first. */
export class ConfigError extends ChatopsError {
  readonly source: string;
  readonly problems: readonly ConfigProblem[];

  constructor(source: string, problems: readonly ConfigProblem[], code: ErrorCode = 'CONFIG_INVALID') {
    super(code, describe(source, problems));
    this.name = 'ConfigError';
    this.source = source;
    this.problems = problems;
  }

  /** For `--json`: plain data, one entry per problem. */
  toJSON(): { readonly code: string; readonly source: string; readonly problems: readonly object[] } {
    const problems = this.problems.map(({ excerpt: _, ...problem }) => problem);
    return { code: this.code, source: this.source, problems };
  }
}

/** More than this would scroll away; all of them stand in `problems`. */
const SHOWN = 20;

const describe = (source: string, problems: readonly ConfigProblem[]) => {
  const [only] = problems;
  const left = problems.length - SHOWN;
  const why = problems.slice(0, SHOWN).map((problem) => formatProblem(source, problem));
  const fixes = problems.flatMap((problem) => (problem.fix === undefined ? [] : [problem.fix]));
  return {
    what: `${source} was refused: ${problems.length === 1 ? '1 problem' : `${problems.length} problems`}`,
    why: [...why, ...(left > 0 ? [`and ${left} more`] : [])].join('\n'),
    next:
      problems.length === 1 && only !== undefined && fixes.length === 1
        ? `${only.fix} (${source}:${only.line}:${only.column}), then run the command again`
        : 'fix the named places and run the command again',
  };
};

/** `chatops.yaml:3:5 chat.rooms[0]: message`, then the line with its pointer, then the fix. */
export const formatProblem = (source: string, problem: ConfigProblem): string => {
  const where = problem.path === '' ? '' : ` ${problem.path}`;
  const lines = [`${source}:${problem.line}:${problem.column}${where}: ${problem.message}`];
  if (problem.excerpt !== undefined) lines.push(problem.excerpt);
  if (problem.fix !== undefined) lines.push(`  fix: ${problem.fix}`);
  return lines.join('\n');
};
