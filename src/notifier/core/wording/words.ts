import type { en } from './en.ts';

/** The shape of the English wording with other texts in it. What a language does by rule is a function. */
type Translated<Value> = Value extends string
  ? string
  : Value extends (...given: never[]) => unknown
    ? Value
    : Value extends readonly [string, string]
      ? readonly [string, string]
      : { readonly [Key in keyof Value]: Translated<Value[Key]> };

export type Texts = Translated<typeof en>;
