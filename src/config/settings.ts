/** `--set key=value`: edits of chatops.yaml given as text. */
import { type Document, type Node, parseDocument } from 'yaml';
import { ChatopsError } from '../errors/chatops-error.ts';
import { nearest } from '../values/nearest.ts';
import { setNode } from './edit.ts';
import { configJsonSchema, type JsonSchema } from './json-schema.ts';
import { formatPath, type Path, parsePath } from './path.ts';
import { keysAt, takesAnyName, typesAt } from './schema-keys.ts';
import { show } from './show.ts';

/**
 * The text with every `chat.rooms[0].name=ops` applied in order. A value in brackets or braces is read as YAML; so are
 * true, false and numbers; everything else is text as it stands.
 * @throws ChatopsError USAGE for what is no setting; ConfigError when the text is not YAML. Whether the values are good
 * is left to loadConfig.
 * @param schema which keys there are. Default: the core's
 */
export const applySettings = (text: string, settings: readonly string[], schema?: JsonSchema): string => {
  if (settings.length === 0) return text;
  const known = schema ?? configJsonSchema();
  return settings.reduce((now, setting) => {
    const { path, value } = parseSetting(setting, known);
    return setNode(now, path, (document) => valueNode(document, { path, value, setting, schema: known }));
  }, text);
};

const parseSetting = (setting: string, schema: JsonSchema): { readonly path: Path; readonly value: string } => {
  const equals = setting.indexOf('=');
  const path = equals === -1 ? undefined : parsePath(setting.slice(0, equals).trim());
  if (path === undefined) {
    throw refused(setting, 'not of the form key=value', 'write it like `--set chat.rooms[0].name=ops`');
  }
  refuseUnknown(setting, path, schema);
  return { path, value: setting.slice(equals + 1) };
};

/** Refused here already: in the file it would be a problem at a line that the user did not write. */
const refuseUnknown = (setting: string, path: Path, schema: JsonSchema): void => {
  for (const [index, part] of path.entries()) {
    const known = keysAt(path.slice(0, index), schema);
    if (typeof part === 'number' || known.includes(part) || takesAnyName(path.slice(0, index), schema)) continue;
    const near = nearest(part, known);
    const suggested = formatPath([...path.slice(0, index), near ?? part]);
    const next = near === undefined ? `known here: ${known.join(', ') || 'nothing'}` : `did you mean ${suggested}?`;
    throw refused(setting, `there is no key ${show(formatPath(path.slice(0, index + 1)))}`, next);
  }
};

const refused = (setting: string, why: string, next: string): ChatopsError =>
  new ChatopsError('USAGE', { what: `--set ${show(setting)} was not understood`, why, next });

interface Setting {
  readonly path: Path;
  readonly value: string;
  /** As given. */
  readonly setting: string;
  readonly schema: JsonSchema;
}

/** Where only text may stand, `2024` is text too. */
const isPlain = ({ path, value, schema }: Setting): boolean => {
  const types = typesAt(path, schema);
  // Texts of messages begin with `{who}`.
  if (types.length > 0 && types.every((type) => type === 'string')) return true;
  if (/^[[{]/.test(value)) return false;
  if (/^(?:true|false)$/.test(value)) return !types.includes('boolean');
  return !/^[0-9]+(?:\.[0-9]+)?$/.test(value) || !(types.includes('integer') || types.includes('number'));
};

const valueNode = (document: Document.Parsed, given: Setting): Node => {
  const { value, setting } = given;
  if (isPlain(given)) return document.createNode(value);
  const { contents, errors, warnings } = parseDocument(value, { version: '1.2', prettyErrors: false });
  const [problem] = [...errors, ...warnings];
  if (problem !== undefined || contents === null) {
    throw refused(setting, problem?.message ?? 'no value', 'write a list as [a, b] and a mapping as {key: value}');
  }
  return contents;
};
