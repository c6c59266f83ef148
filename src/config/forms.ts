/** What schemas of chatops.yaml are put together from. */
import { z } from 'zod';
import type { NameRule } from '../values/names.ts';

export const text = (rule: NameRule) => z.string().regex(rule.pattern, { error: `must be ${rule.says}` });

export const port = () => z.int().min(1).max(65_535);

/** `describe` and `default` as editors show them; the value itself is put in where the file is completed. */
export const note = <S extends z.ZodType>(schema: S, description: string, byDefault?: unknown) =>
  schema.optional().meta(byDefault === undefined ? { description } : { description, default: byDefault });
