/** The same edit on plain data: what a file must hold after it. */
import type { Path } from './path.ts';

/** A list entry may be written as its most important key alone; setting another key of it spells it out. */
export const SHORT_FORMS: Readonly<Record<string, string>> = { rooms: 'name', users: 'username' };

/** A copy with `value` at `path`; mappings and lists on the way are made, short forms spelled out. */
export const assign = (data: unknown, path: Path, value: unknown, list?: string | number): unknown => {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  if (typeof part === 'number') {
    const copy: unknown[] = Array.isArray(data) ? [...data] : [];
    copy[part] = assign(copy[part], rest, value, list);
    return copy;
  }
  const spelled = spellOut(data, list);
  return { ...spelled, [part]: assign(spelled[part], rest, value, part) };
};

const spellOut = (data: unknown, list: string | number | undefined): Readonly<Record<string, unknown>> => {
  const key = list === undefined ? undefined : SHORT_FORMS[list];
  if (typeof data === 'object' && data !== null) return data as Record<string, unknown>;
  return typeof data === 'string' && key !== undefined ? { [key]: data } : {};
};
