/** Values of compose.yaml: where Compose puts the environment in, and where it must not. */
import { ChatopsError } from '../../errors/chatops-error.ts';
import { refused, requireUtf8 } from '../refuse.ts';

/** A text that Compose fills from the environment. Everything else keeps its `$` as it is. */
export class Interpolation {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** `$` begins an interpolation; doubled it is one `$` again (Compose file reference, "Interpolation"). */
const plain = (value: string): string => value.replaceAll('$', '$$$$');

/** Compose refuses to go on while the variable is unset or empty. @param around where `{}` stands for its value */
export const fromEnvironment = (name: string, around = '{}'): Interpolation => {
  if (!/^[A-Z_][A-Z0-9_]*$/.test(name)) throw new ChatopsError('INTERNAL', { what: `a variable called ${name}` });
  return new Interpolation(plain(around).replace('{}', () => `\${${name}:?set ${name} in .env}`));
};

export type Plain =
  | string
  | number
  | boolean
  | null
  | Interpolation
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const text = (value: string): string => {
  if (value.includes('\0')) throw refused(value, 'compose.yaml', 'no argument or variable of a process can hold a NUL');
  return plain(requireUtf8(value, 'compose.yaml'));
};

/** The tree as YAML shall hold it. @throws ChatopsError CONFIG_INVALID */
export const composeTree = (value: Plain): unknown => {
  if (value instanceof Interpolation) return value.text;
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return value.map(composeTree);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [text(key), composeTree(inner)]));
};
