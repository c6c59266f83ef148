/** Dotted paths into documents and arrays. */

import { refusal } from '../errors.ts';
import { type Document, isDocument } from '../wire/bson-codec.ts';

const step = (value: unknown, name: string): unknown[] => {
  if (Array.isArray(value)) {
    const inside = value.filter(isDocument).flatMap((element) => step(element, name));
    return /^\d+$/.test(name) && Number(name) < value.length ? [value[Number(name)], ...inside] : inside;
  }
  return isDocument(value) && Object.hasOwn(value, name) ? [value[name]] : [];
};

/** Every value the path leads to, arrays walked through; empty when it leads nowhere. */
export const valuesAt = (document: unknown, path: string): unknown[] =>
  path.split('.').reduce<unknown[]>((values, name) => values.flatMap((value) => step(value, name)), [document]);

const child = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return value[Number(name)];
  return isDocument(value) ? value[name] : undefined;
};

/** The value at a path that walks through no array of documents; undefined when there is none. */
export const valueAt = (document: unknown, path: string): unknown => path.split('.').reduce(child, document);

/** A copy with the value at `path` replaced by what `change` makes of it; undefined takes the field away. */
export const withValueAt = (target: unknown, path: readonly string[], change: (old: unknown) => unknown): unknown => {
  const [name, ...rest] = path;
  if (name === undefined) return change(target);
  if (Array.isArray(target)) {
    if (!/^\d+$/.test(name)) throw refusal('BadValue', `Cannot create field '${name}' in an array`);
    const copy = [...target];
    while (copy.length < Number(name)) copy.push(null);
    copy[Number(name)] = withValueAt(copy[Number(name)], rest, change) ?? null;
    return copy;
  }
  if (target !== undefined && !isDocument(target))
    throw refusal('BadValue', `Cannot create field '${name}' in a value that is no document`);
  const copy: Document = { ...target };
  const value = withValueAt(copy[name], rest, change);
  if (value === undefined) delete copy[name];
  else copy[name] = value;
  return copy;
};

/** Takes a field away; leaves documents without it as they are. */
export const withoutPath = (target: Document, path: string): Document =>
  valueAt(target, path) === undefined ? target : (withValueAt(target, path.split('.'), () => undefined) as Document);
