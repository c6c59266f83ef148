/** A key of the first level of chatops.yaml that a part brings along. */
import type { z } from 'zod';
import type { Config } from './config.ts';
import type { Finding } from './finding.ts';

export interface Section<S extends z.ZodType = z.ZodType> {
  /** As written: `wiki`. Letters, digits and dashes; none of the core's keys, and of no other part. */
  readonly key: string;
  /**
   * What may stand there, of zod 4; a mapping should be strict, so that an unknown key is a problem. It may have a
   * default for a section that is left out. Must be sayable as JSON Schema.
   */
  readonly schema: S;
  /** What it is for, a sentence: editors show it. */
  readonly about: string;
  /** What holds between several places of it. Default: nothing. */
  readonly rules?: readonly SectionRule<z.output<S>>[];
}

/** Not asked where a part of the section could not be read, or the section is left out without a default. */
export interface SectionRule<T = unknown> {
  /** Patterns (`chat.rooms.name`) of what it looks at outside its section. Default: nothing. */
  readonly reads?: readonly string[];
  /** Pure. @returns what is wrong, with paths inside the section: `['pages', 0, 'title']` */
  check(value: T, config: Config): readonly Finding[];
}

/** What a section comes to: with its defaults, or undefined where it is left out and has none. */
export type SectionValue<S extends z.ZodType> = undefined extends z.input<S> ? z.output<S> : z.output<S> | undefined;

/** The section as written, so that the compiler follows from its schema to its rules. */
export const defineSection = <S extends z.ZodType>(section: Section<S>): Section<S> => section;

/** What a configuration says in this section; its schema has seen to the type. */
export const sectionOf = <S extends z.ZodType>({ sections }: Pick<Config, 'sections'>, { key }: Section<S>) =>
  sections[key] as SectionValue<S>;
