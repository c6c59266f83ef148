/** The section of a release in CHANGELOG.md. Pure. */

export interface Released {
  /** The whole changelog, its unreleased section under the version and the day. */
  readonly text: string;
  /** What stands in that section: the notes of the release. */
  readonly notes: string;
}

const HEADING = /^## (.*)$/gm;

/**
 * Takes the first section, which must say `Unreleased` or the version itself without a day.
 * @param day `2026-11-27`
 * @returns why not, where there is nothing to release
 */
export const releaseSection = (changelog: string, version: string, day: string): Released | string => {
  const [first, second] = [...changelog.matchAll(HEADING)];
  if (first === undefined) return 'CHANGELOG.md has no section';
  const title = first[1] ?? '';
  const [, name, rest = ''] = /^(Unreleased|\S+ \(unreleased\))(.*)$/.exec(title) ?? [];
  const isOurs = name === 'Unreleased' || name === `${version} (unreleased)`;
  if (!isOurs) return `the first section of CHANGELOG.md is "${title}", not what is unreleased`;
  const begin = first.index + first[0].length;
  const end = second?.index ?? changelog.length;
  const notes = changelog.slice(begin, end).trim();
  if (notes === '') return 'the unreleased section of CHANGELOG.md is empty';
  const heading = `## ${version} (${day})${rest}`;
  return { text: `${changelog.slice(0, first.index)}${heading}${changelog.slice(begin)}`, notes: `${notes}\n` };
};
