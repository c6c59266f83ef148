/**
 * Bodies and queries as the server's schemas check them, with messages in the words of the validator it uses (ajv):
 * a missing key, a wrong type and, since 8.x nearly everywhere, a key nobody declared.
 */
export type Kind = 'string' | 'boolean' | 'number' | 'string[]' | 'object' | 'object[]' | 'any';

export interface Schema {
  readonly required?: Readonly<Record<string, Kind>>;
  readonly optional?: Readonly<Record<string, Kind>>;
  /** Undeclared keys pass. Default false. */
  readonly open?: boolean;
  /** Keys of which at least one must be there. */
  readonly anyOf?: readonly string[];
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

const FITS: Readonly<Record<Kind, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  'string[]': (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  object: isObject,
  'object[]': (value) => Array.isArray(value) && value.every(isObject),
  any: () => true,
};

const typeName = (kind: Kind): string => (kind.endsWith('[]') ? 'array' : kind);

/** @returns every problem; empty when the value fits */
export const schemaProblems = (schema: Schema, value: Readonly<Record<string, unknown>>): string[] => {
  const declared = { ...schema.required, ...schema.optional };
  const missing = Object.keys(schema.required ?? {}).filter((key) => value[key] === undefined);
  const extra = Object.keys(value).filter((key) => !Object.hasOwn(declared, key));
  const wrong = Object.entries(declared).filter(([key, kind]) => value[key] !== undefined && !FITS[kind](value[key]));
  const lacksChoice = schema.anyOf && !schema.anyOf.some((key) => value[key] !== undefined);
  return [
    ...missing.map((key) => `must have required property '${key}'`),
    ...(schema.open ? [] : extra.map(() => 'must NOT have additional properties')),
    ...wrong.map(([key, kind]) => `/${key} must be ${typeName(kind)}`),
    ...(lacksChoice ? ['must match a schema in anyOf'] : []),
  ];
};
