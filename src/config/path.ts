/** Places in chatops.yaml: as data (`['chat', 'rooms', 1]`) and as users write them (`chat.rooms[1]`). */

export type Path = readonly (string | number)[];

const PLAIN_KEY = /^[A-Za-z0-9_-]+$/;

export const formatPath = (path: Path): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    if (!PLAIN_KEY.test(part)) return `${text}[${JSON.stringify(part)}]`;
    return text === '' ? part : `${text}.${part}`;
  }, '');

const STEP = /\.?([A-Za-z0-9_-]+)|\[([0-9]{1,6})\]|\[("(?:[^"\\]|\\.)*")\]/y;

/** The inverse of formatPath; undefined when the text is no such path. */
export const parsePath = (text: string): Path | undefined => {
  const path: (string | number)[] = [];
  let at = 0;
  while (at < text.length) {
    STEP.lastIndex = at;
    const step = STEP.exec(text);
    const dotted = text[at] === '.';
    if (step === null || (at === 0 && dotted) || (at > 0 && step[1] !== undefined && !dotted)) return undefined;
    const part = readStep(step);
    if (part === undefined) return undefined;
    path.push(part);
    at = STEP.lastIndex;
  }
  return path.length === 0 ? undefined : path;
};

const readStep = (step: RegExpExecArray): string | number | undefined => {
  if (step[1] !== undefined) return step[1];
  if (step[2] !== undefined) return Number(step[2]);
  try {
    return JSON.parse(step[3] ?? '') as string;
  } catch {
    return undefined;
  }
};

/** What stands at the path in plain data; undefined when nothing does. */
export const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>((value, part) => {
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.hasOwn(value, part) ? (value as Record<string | number, unknown>)[part] : undefined;
  }, data);

/** The keys of the path without list places: rooms of any number share one pattern, `chat.rooms.name`. */
export const patternOf = (path: Path): string => path.filter((part) => typeof part === 'string').join('.');
