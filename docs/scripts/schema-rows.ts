/** A JSON Schema, as far as ours uses the language, read as rows of a table. */
export interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly additionalProperties?: boolean | Schema;
}

export interface SchemaRow {
  /** `chat.rooms[].name`; `<key>` stands for a key you choose. */
  readonly path: string;
  readonly type: string;
  /** As JSON; empty where there is none. */
  readonly preset: string;
  readonly required: boolean;
  readonly description: string;
}

const forms = (schema: Schema): readonly Schema[] => schema.anyOf ?? schema.oneOf ?? [schema];

const range = ({ minimum, maximum }: Schema): string => {
  const low = minimum !== undefined && minimum > Number.MIN_SAFE_INTEGER ? minimum : undefined;
  const high = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER ? maximum : undefined;
  if (low !== undefined && high !== undefined) return `, ${low} to ${high}`;
  if (low !== undefined) return `, at least ${low}`;
  return high === undefined ? '' : `, at most ${high}`;
};

const typeOfOne = (schema: Schema): string => {
  if (schema.const !== undefined) return `\`${String(schema.const)}\``;
  if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (schema.type === 'array') return schema.items ? `list of ${typeOf(schema.items)}` : 'list';
  if (schema.type === 'object') return 'mapping';
  return `${schema.type ?? 'anything'}${range(schema)}`;
};

const typeOf = (schema: Schema): string => [...new Set(forms(schema).map(typeOfOne))].join(' or ');

const below = (path: string, schema: Schema): readonly SchemaRow[] =>
  forms(schema).flatMap((form) => [
    ...Object.entries(form.properties ?? {}).flatMap(([key, value]) =>
      rowsAt(path === '' ? key : `${path}.${key}`, value, form.required?.includes(key) ?? false),
    ),
    ...(typeof form.additionalProperties === 'object' ? below(`${path}.<key>`, form.additionalProperties) : []),
    ...(form.items ? below(`${path}[]`, form.items) : []),
  ]);

const rowsAt = (path: string, schema: Schema, required: boolean): readonly SchemaRow[] => [
  {
    path,
    type: typeOf(schema),
    preset: schema.default === undefined ? '' : JSON.stringify(schema.default),
    required,
    description: schema.description ?? '',
  },
  ...below(path, schema),
];

/** Every key of a schema, the outer before the inner, in the schema's order; forms of one key share its rows. */
export const schemaRows = (schema: Schema): readonly SchemaRow[] => {
  const seen = new Set<string>();
  return below('', schema).filter(({ path }) => !seen.has(path) && seen.add(path));
};
