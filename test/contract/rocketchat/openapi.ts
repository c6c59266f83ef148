/** The vendor's OpenAPI files as a judge of real answers. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const FILES = ['rooms', 'user-management', 'integrations', 'messaging', 'authentication', 'settings'];

type Json = Record<string, unknown>;

export interface ResponseSchema {
  /** Every way in which the answer does not fit; empty when it does. */
  problems(answer: unknown): string[];
}

export interface OpenApi {
  /** Of a 200 answer; undefined when the vendor draws none. */
  responseOf(method: string, path: string): ResponseSchema | undefined;
}

const record = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const pointer = (parts: readonly string[]): string =>
  parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');

const at = (root: unknown, parts: readonly string[]): unknown =>
  parts.reduce<unknown>((value, part) => record(value)[part], root);

/** Keys that are drawn at the top must be there: the files demand next to nothing by `required`. */
const missingKeys = (schema: unknown, answer: unknown): string[] =>
  Object.keys(record(record(schema).properties))
    .filter((key) => record(answer)[key] === undefined)
    .map((key) => `/${key} is missing`);

export const loadOpenApi = (folder: string): OpenApi => {
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false, logger: false, validateFormats: false });
  const documents = FILES.map((name) => {
    const document = parse(readFileSync(join(folder, `rocketchat/openapi/${name}.yaml`), 'utf8')) as Json;
    ajv.addSchema({ $id: name, ...document });
    return { name, document };
  });
  return {
    responseOf: (method, path) => {
      const parts = ['paths', path, method.toLowerCase(), 'responses', '200', 'content', 'application/json', 'schema'];
      const found = documents.find(({ document }) => at(document, parts) !== undefined);
      if (!found) return undefined;
      const schema = at(found.document, parts);
      const validate = ajv.compile({ $ref: `${found.name}#/${pointer(parts)}` });
      return {
        problems: (answer) => {
          validate(answer);
          const wrong = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
          return [...new Set([...wrong, ...missingKeys(schema, answer)])];
        },
      };
    },
  };
};
