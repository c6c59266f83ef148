/** What a module that calls itself a part must export: asked before anything of it is used. Pure. */
import { z } from 'zod';
import { NO_ADDITIONS } from '../config/additions.ts';
import { isPinned } from '../config/image-reference.ts';
import { configJsonSchema } from '../config/json-schema.ts';
import type { Section } from '../config/section.ts';
import type { Part } from '../contracts/part.ts';
import { askedBy } from '../stack/additions-of.ts';
import { IMAGE } from '../values/names.ts';

const KEY = /^[a-z][a-z0-9-]{0,39}$/;
const key = z.string().regex(KEY, { error: 'must be up to 40 of a-z, 0-9 and -, beginning with a letter' });
const callable = z.custom<unknown>((value) => typeof value === 'function', { error: 'must be a function' });
/** Of zod 4, in whatever copy of it (https://zod.dev/library-authors). */
const schema = z.custom<unknown>((value) => typeof value === 'object' && value !== null && '_zod' in value, {
  error: 'must be a schema of zod 4',
});

const section = z.looseObject({
  key,
  schema,
  about: z.string().min(1),
  rules: z.array(z.looseObject({ reads: z.array(z.string()).optional(), check: callable })).optional(),
});

const image = z.looseObject({
  reference: z
    .string()
    .regex(IMAGE.pattern, { error: `must be ${IMAGE.says}` })
    .refine(isPinned, { error: 'must be pinned to a version' }),
  about: z.string().min(1),
});

const chat = z.looseObject({
  kind: key,
  title: z.string().min(1),
  takesDeliveries: z.boolean(),
  ownRoom: z.string().min(1),
  stores: z.enum(['documents', 'sql']),
  knows: z.array(z.string()),
  version: z.looseObject({ byDefault: z.string().min(1), of: callable }).optional(),
  settings: z.looseObject({ shape: z.record(z.string(), schema), complete: callable, sample: z.string() }).optional(),
});

const port = z.looseObject({
  port: z.int().min(1).max(65_535),
  about: z.string().min(1),
  opened: z.looseObject({ reads: z.array(z.string()), by: callable }).optional(),
});

/** @param several whether it brings a list of sections: of a union the place of a fault would not be named */
const shapeOf = (several: boolean) =>
  z.looseObject({
    name: key,
    section: (several ? z.array(section) : section).optional(),
    chat: chat.optional(),
    spoken: z.looseObject({ name: key, chat: callable, receiver: callable.optional() }).optional(),
    bot: z.looseObject({ username: z.string().min(1), name: z.string().min(1) }).optional(),
    together: callable.optional(),
    rules: z.array(z.looseObject({ name: key, reads: z.array(z.string()), check: callable })).optional(),
    images: z.record(key, image).optional(),
    ports: z.record(key, port).optional(),
    timed: z.array(key).optional(),
    limited: z.array(key).optional(),
    offers: callable.optional(),
    contribute: callable.optional(),
    surround: callable.optional(),
    causes: z.array(z.unknown()).optional(),
    players: callable.optional(),
    jobs: callable.optional(),
    probes: z.array(z.looseObject({ what: z.string() })).optional(),
    checks: callable.optional(),
    playedForge: callable.optional(),
    renderers: z.array(z.looseObject({ id: z.string(), render: callable })).optional(),
    pieces: z.undefined({ error: 'hand-written texts stand in the code of such a part' }).optional(),
  });

/** What shows only when the schema is used: that editors can be given it, and that it does without being written. */
const sectionFault = (one: Section): string | undefined => {
  try {
    configJsonSchema({ ...NO_ADDITIONS, sections: [one] });
    return z.optional(one.schema).safeParse(undefined).success
      ? undefined
      : 'section.schema: refuses a section that is left out';
  } catch (thrown) {
    return `section.schema: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  }
};

export type PartShape =
  | { readonly kind: 'part'; readonly part: Part }
  | { readonly kind: 'no-export' }
  /** `section.key: must be …` */
  | { readonly kind: 'refused'; readonly why: string };

/** The part that a module exports as `part`, or by default. */
export const partOf = (exports: Readonly<Record<string, unknown>>): PartShape => {
  const exported = exports.part ?? exports.default;
  if (exported === undefined) return { kind: 'no-export' };
  const several = Array.isArray((exported as Partial<Part> | null)?.section);
  const { error } = shapeOf(several).safeParse(exported);
  const [issue] = error?.issues ?? [];
  if (issue !== undefined) {
    const path = issue.path.map(String).join('.');
    return { kind: 'refused', why: path === '' ? issue.message : `${path}: ${issue.message}` };
  }
  const part = exported as Part;
  const why = askedBy(part, [part])
    .sections.map(sectionFault)
    .find((fault) => fault !== undefined);
  return why === undefined ? { kind: 'part', part } : { kind: 'refused', why };
};
