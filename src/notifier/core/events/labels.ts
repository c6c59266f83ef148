import { clean, LIMITS } from '../clean.ts';
import { type Line, outside, words } from '../message.ts';
import { at, list, text } from '../read.ts';

/** Titles of a list of labels; a text in their place has none. */
export const labelTitles = (labels: unknown): readonly string[] =>
  list(labels)
    .slice(0, 100)
    .map((label) => clean(text(at(label, 'title')), LIMITS.name))
    .filter((title) => title !== '');

export const titlesLine = (titles: readonly string[]): Line =>
  titles.slice(0, 8).flatMap((title, index): Line => {
    const piece = outside(title);
    return index === 0 ? [piece] : [words(', '), piece];
  });
