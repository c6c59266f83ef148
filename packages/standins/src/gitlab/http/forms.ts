/** Forms in the Rails way: `a[]=1&a[]=2` is a list, `a[b]=1` an object, `a[][k]=1` a list of objects. */

type Form = Record<string, unknown>;

const asObject = (value: unknown): Form => (typeof value === 'object' && value !== null ? (value as Form) : {});

const set = (into: Form, keys: readonly string[], value: string): void => {
  const [key = '', next, ...rest] = keys;
  // A key such as __proto__ would reach the prototype of every object.
  if (key === '__proto__') return;
  if (next === undefined) {
    into[key] = value;
  } else if (next === '') {
    const list = Array.isArray(into[key]) ? (into[key] as unknown[]) : [];
    into[key] = list;
    if (rest.length === 0) return void list.push(value);
    const last = asObject(list.at(-1));
    const startsNew = list.length === 0 || (rest[0] ?? '') in last;
    const target: Form = startsNew ? {} : last;
    if (startsNew) list.push(target);
    set(target, rest, value);
  } else {
    const inner = asObject(into[key]);
    into[key] = inner;
    set(inner, [next, ...rest], value);
  }
};

const keysOf = (name: string): readonly string[] => {
  const [, first = name, brackets = ''] = /^([^[]+)((?:\[[^\]]*\])*)$/.exec(name) ?? [];
  return [first, ...[...brackets.matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? '')];
};

export const parseForm = (pairs: Iterable<readonly [string, string]>): Form => {
  const form: Form = {};
  for (const [name, value] of pairs) set(form, keysOf(name), value);
  return form;
};

/** `multipart/form-data`, as `curl --form` sends it; files become their text. */
export const parseMultipart = (body: Buffer, contentType: string): Form => {
  const [, quoted, plain] = /boundary=(?:"([^"]+)"|([^;]+))/i.exec(contentType) ?? [];
  const parts = body.toString('utf8').split(`--${quoted ?? plain ?? ''}`);
  const pairs = parts.flatMap((part): [string, string][] => {
    const [, head = '', value = ''] = /^\r?\n([\s\S]*?)\r?\n\r?\n([\s\S]*?)\r?\n$/.exec(part) ?? [];
    const [, name] = /name="([^"]*)"/.exec(head) ?? [];
    return name === undefined ? [] : [[name, value]];
  });
  return parseForm(pairs);
};
