/** Texts of a user's own in place of ours: the same tree, with only what differs; a pair is `{one, many}`. */
import { at } from '../read.ts';

export interface Wording {
  readonly [key: string]: string | Wording;
}

/** Our texts with the user's over them. Keys that we do not have are passed over. */
export const overlaid = <Texts>(texts: Texts, own: unknown): Texts => {
  const merged = (): unknown => {
    if (typeof texts === 'string') return typeof own === 'string' && own !== '' ? own : texts;
    if (Array.isArray(texts)) return [overlaid(texts[0], at(own, 'one')), overlaid(texts[1], at(own, 'many'))];
    if (typeof texts !== 'object' || texts === null) return texts;
    return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, overlaid(text, at(own, key))]));
  };
  return merged() as Texts;
};
