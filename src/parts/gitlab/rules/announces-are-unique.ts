import { repeats } from '../../../config/rules/repeats.ts';
import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { type AnnounceConfig, FORGE } from '../../../contracts/sections/forge.ts';
import { writtenAnnounce } from '../section.ts';

/** Two hooks for one source and room would announce everything twice: GitLab has no rule of its own against it. */
export const announcesAreUnique: Rule = {
  name: 'announces-are-unique',
  reads: ['gitlab.announce'],
  check: ({ config, written }) => {
    const { announce } = sectionOf(config, FORGE);
    const named = writtenAnnounce(written);
    const sourceless = (index: number): boolean =>
      announce[index]?.source.kind === 'instance' && named[index]?.instance === undefined;
    // An entry without any source is reported by announce-names-one-source.
    const doubles = repeats(announce, keyOf).filter(({ index, first }) => !sourceless(index) && !sourceless(first));
    return doubles.map(({ index, first }) => ({
      path: ['gitlab', 'announce', index],
      message: `announces the same in the same room as gitlab.announce[${first}]`,
      fix: 'put the events of both into one entry',
    }));
  },
};

/** GitLab finds paths without regard to case. */
const keyOf = ({ source, room }: AnnounceConfig): string =>
  JSON.stringify([source.kind, source.kind === 'instance' ? '' : source.path.toLowerCase(), room]);
