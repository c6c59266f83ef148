/** Messages of played deliveries against those that were accepted before. Pure. */
import { type LineChange, lineChanges } from './line-changes.ts';

export interface Played {
  /** Unique in a replay; also the name of its file. */
  readonly name: string;
  /** The message as a room would show it. */
  readonly text: string;
}

export interface Compared {
  readonly name: string;
  /** `new`: none was accepted yet; `gone`: one was, and nothing plays it any more. */
  readonly state: 'same' | 'differs' | 'new' | 'gone';
  /** Empty when it is the same. */
  readonly changes: readonly LineChange[];
}

const compareOne = ({ name, text }: Played, accepted: string | undefined): Compared => {
  if (accepted === text) return { name, state: 'same', changes: [] };
  return { name, state: accepted === undefined ? 'new' : 'differs', changes: lineChanges(accepted ?? '', text) };
};

/** @param accepted name → text, as it was accepted */
export const compareMessages = (
  played: readonly Played[],
  accepted: ReadonlyMap<string, string>,
): readonly Compared[] => {
  const names = new Set(played.map(({ name }) => name));
  const gone = [...accepted].filter(([name]) => !names.has(name));
  return [
    ...played.map((each) => compareOne(each, accepted.get(each.name))),
    ...gone.map(([name, text]): Compared => ({ name, state: 'gone', changes: lineChanges(text, '') })),
  ];
};

const SIGNS = { kept: ' ', removed: '-', added: '+' } as const;

const shown = ({ name, state, changes }: Compared): string =>
  [`${name}: ${state}`, ...changes.map(({ kind, line }) => `  ${SIGNS[kind]} ${line}`)].join('\n');

/** Every message that is not as it was accepted, then one line that counts. */
export const replayText = (compared: readonly Compared[], next: string): string => {
  const wrong = compared.filter(({ state }) => state !== 'same');
  const same = compared.length - wrong.length;
  const counted = `${same} of ${compared.length} messages are as they were accepted`;
  const end = wrong.length === 0 ? counted : `${counted}; ${next}`;
  return `${[...wrong.map(shown), end].join('\n\n')}\n`;
};
