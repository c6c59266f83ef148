import type { AnnounceConfig } from '../config.ts';
import { repeats } from './repeats.ts';
import type { Rule } from './rule.ts';

/** Two hooks for one source and room would tell everything twice: GitLab has no rule of its own against it. */
export const announcesAreUnique: Rule = {
  name: 'announces-are-unique',
  reads: ['gitlab.announce'],
  check: ({ config, written }) => {
    const named = typeof written.gitlab === 'object' ? (written.gitlab.announce ?? []) : [];
    const sourceless = (index: number): boolean =>
      config.gitlab.announce[index]?.source.kind === 'instance' && named[index]?.instance === undefined;
    // An entry without any source is told by announce-names-one-source.
    const told = repeats(config.gitlab.announce, keyOf).filter(
      ({ index, first }) => !sourceless(index) && !sourceless(first),
    );
    return told.map(({ index, first }) => ({
      path: ['gitlab', 'announce', index],
      message: `announces the same in the same room as gitlab.announce[${first}]`,
      fix: 'put the events of both into one entry',
    }));
  },
};

/** GitLab finds paths without regard to case. */
const keyOf = ({ source, room }: AnnounceConfig): string =>
  JSON.stringify([source.kind, source.kind === 'instance' ? '' : source.path.toLowerCase(), room]);
