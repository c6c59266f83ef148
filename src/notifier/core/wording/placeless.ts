/** The texts for an event that names no place: "in a project" would say nothing. */

/** Every text without these phrases. */
export const placeless = <Texts>(texts: Texts, phrases: readonly string[]): Texts => {
  const bare = (value: unknown): unknown => {
    if (typeof value === 'string') return phrases.reduce((text, phrase) => text.replace(phrase, ''), value);
    if (Array.isArray(value)) return value.map(bare);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, bare(inner)]));
  };
  return bare(texts) as Texts;
};
