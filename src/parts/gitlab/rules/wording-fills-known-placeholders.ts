import type { Finding } from '../../../config/finding.ts';
import { formatPath, type Path } from '../../../config/path.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { show } from '../../../config/show.ts';
import { hasLoneBrace, knownPlaceholders, leavesOf, placeholdersIn } from '../../../config/wording.ts';
import { NOTIFIER } from '../../../contracts/sections/notifier.ts';
import { nearest } from '../../../values/nearest.ts';

/** The proof that a pipeline of GitLab becomes a message finds it by these two. */
const NEEDED = ['pipeline', 'project'];
const isOfPipelines = ([first]: Path): boolean => /^pipeline/.test(String(first));

/** A placeholder that is never filled in would be shown as it is written. */
export const wordingFillsKnownPlaceholders: Rule = {
  name: 'wording-fills-known-placeholders',
  reads: ['notifier.wording'],
  check: ({ config }) =>
    leavesOf(sectionOf(config, NOTIFIER).wording).flatMap(({ path, text }) => findings(path, text)),
};

const shown = (names: readonly string[]): string => names.map((name) => show(`{${name}}`)).join(', ');

const findings = (below: Path, text: string): readonly Finding[] => {
  const path = ['notifier', 'wording', ...below];
  const known = knownPlaceholders(below);
  const used = placeholdersIn(text);
  const missing = isOfPipelines(below) ? NEEDED.filter((name) => known.includes(name) && !used.includes(name)) : [];
  return [
    ...used
      .filter((name) => !known.includes(name))
      .map((name) => {
        const near = nearest(name, known);
        const all = known.length === 0 ? 'nothing is filled in here' : `known here: ${shown(known)}`;
        const fix = near === undefined ? all : `write ${shown([near])}`;
        return { path, message: `nothing is called ${shown([name])} in ${formatPath(path)}`, fix };
      }),
    ...(hasLoneBrace(text)
      ? [{ path, message: 'has a brace that opens or ends no place', fix: 'write places like `{who}`, or take it out' }]
      : []),
    ...(missing.length > 0
      ? [
          {
            path,
            message: `must name ${shown(missing)}, by which the message is found again`,
            fix: `add ${shown(missing)}`,
          },
        ]
      : []),
  ];
};
