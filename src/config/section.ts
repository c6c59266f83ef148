/** A key of the first level of chatops.yaml that a part brings along. */
import type { z } from 'zod';
import type { Config } from './config.ts';
import type { Finding } from './finding.ts';

/** @typeParam T what it comes to, with its defaults: what `sectionOf` gives */
export interface Section<S extends z.ZodType = z.ZodType, T = SectionValue<S>> {
  /** As written: `wiki`. Letters, digits and dashes; none of the core's keys, and of no other part. */
  readonly key: string;
  /**
   * What may stand there, of zod 4; a mapping should be strict, so that an unknown key is a problem. It may have a
   * default for a section that is left out. Must be sayable as JSON Schema.
   */
  readonly schema: S;
  /** What it is for, a sentence: editors show it. */
  readonly about: string;
  /** What editors show as its default where it is left out. Default: nothing. */
  readonly byDefault?: unknown;
  /**
   * Puts in what the schema does not: defaults that follow from other places, short forms spelled out. Pure; decides
   * nothing, what is wrong is left to rules. Default: it stays as its schema has read it.
   * @param written undefined where it is left out
   */
  complete?(written: z.output<S> | undefined, file: FileSoFar): T;
  /** Its keys whose text counts even where YAML reads a number: a version, for 8.10 would be 8.1. Default: none. */
  readonly asWritten?: readonly string[];
  /** In which words other parts read it, whatever its key is. Default: they read it by its key. */
  readonly as?: Words<T>;
  /** What holds between several places of it. Default: nothing. */
  readonly rules?: readonly SectionRule<NonNullable<T>>[];
  /** How `init` writes it, lines of YAML with comments that say what may stand there. Default: `init` leaves it out. */
  readonly sample?: string;
}

/** What a section may follow. */
export interface FileSoFar {
  readonly name: string;
  readonly domain: string;
  /** Name under `images:` → reference, of those that are written. */
  readonly images: Readonly<Record<string, string>>;
  /** Sections that stand before it in `Additions.sections`; see `sectionOf`. */
  readonly sections: Config['sections'];
}

/** Not asked where a part of the section could not be read, or the section is left out without a default. */
export interface SectionRule<T = unknown> {
  /** Patterns (`chat.rooms.name`) of what it looks at outside its section. Default: nothing. */
  readonly reads?: readonly string[];
  /** Pure. @returns what is wrong, with paths inside the section: `['pages', 0, 'title']` */
  check(value: T, config: Config): readonly Finding[];
}

/** Words that several parts share, of whatever product and key: a chat, a forge. */
export interface Words<T> {
  /** Begins with a capital, so that it is no key of chatops.yaml. */
  readonly key: string;
  /** Never there: carries the type. */
  readonly value?: T;
}

export const words = <T>(key: `${Capitalize<string>}`): Words<T> => ({ key });

/** What a section comes to: with its defaults, or undefined where it is left out and has none. */
export type SectionValue<S extends z.ZodType> = undefined extends z.input<S> ? z.output<S> : z.output<S> | undefined;

/** The section as written, so that the compiler follows from its schema to its rules. */
export const defineSection = <S extends z.ZodType, T = SectionValue<S>>(section: Section<S, T>): Section<S, T> =>
  section;

/** Key of the section in `Config.sections`. */
export const keptAs = ({ key, as }: Pick<Section, 'key' | 'as'>): string => as?.key ?? key;

/** What a configuration says in this section, or in these words; its part has seen to the type. */
export function sectionOf<T>(config: Pick<Config, 'sections'>, words: Words<T>): T;
export function sectionOf<S extends z.ZodType, T>(config: Pick<Config, 'sections'>, section: Section<S, T>): T;
export function sectionOf({ sections }: Pick<Config, 'sections'>, of: Pick<Section, 'key' | 'as'>): unknown {
  return sections[keptAs(of)];
}

/** What is written in this section, without defaults of other places; undefined where it is left out. */
export const writtenIn = <S extends z.ZodType>(
  written: Readonly<Record<string, unknown>>,
  { key }: Pick<Section<S, never>, 'key' | 'schema'>,
): z.output<S> | undefined => written[key] as z.output<S> | undefined;
