/**
 * What is to be said, without a word about how a chat writes it: every piece says where its text comes from, so that
 * a renderer knows what to escape.
 */
export type Piece =
  /** Our own wording. */
  | { readonly kind: 'words'; readonly text: string }
  /** From outside: to be shown as it is, whatever it contains. */
  | { readonly kind: 'text'; readonly text: string }
  /** From outside, and exact: names of branches, tags, files. */
  | { readonly kind: 'code'; readonly text: string }
  /** Text and address from outside; what is no web address is shown without a link. */
  | { readonly kind: 'link'; readonly text: string; readonly url: string }
  /** `chatName` only when the settings map this person to somebody in the chat. */
  | { readonly kind: 'person'; readonly name: string; readonly chatName?: string };

export type Line = readonly Piece[];

export type Tone = 'good' | 'bad' | 'warning' | 'plain' | 'news';

export interface Field {
  readonly title: string;
  readonly value: Line;
}

export interface Message {
  /** Who did what where. */
  readonly line: Line;
  readonly tone: Tone;
  /** More lines, most important first: commits, a quoted text. */
  readonly details: readonly Line[];
  readonly fields: readonly Field[];
}

/** Our own wording that makes a line a quotation, in every chat we know. */
export const QUOTE = '> ';

export const words = (text: string): Piece => ({ kind: 'words', text });
export const outside = (text: string): Piece => ({ kind: 'text', text });
export const code = (text: string): Piece => ({ kind: 'code', text });
export const link = (text: string, url: string): Piece => ({ kind: 'link', text, url });

/** Lines of pieces put one after the other. */
export const joined = (parts: readonly Line[], separator: string): Line =>
  parts.flatMap((part, index) => (index === 0 ? part : [words(separator), ...part]));
