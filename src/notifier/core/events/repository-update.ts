import { counted, described, field, listed, person, project, refPiece, say } from '../common.ts';
import type { Context, Describer } from '../event.ts';
import type { Field } from '../message.ts';
import { list, text } from '../read.ts';

/** Branches and tags shown, of each. */
const SHOWN = 5;

const isTag = (ref: unknown): boolean => text(ref).startsWith('refs/tags/');

const refFields = (refs: readonly unknown[], { words: w }: Context): readonly Field[] => {
  const line = (some: readonly unknown[]) => listed(some, SHOWN, (ref) => [refPiece(ref)], w);
  return [
    ...field(w.fields.branches, line(refs.filter((ref) => !isTag(ref)))),
    ...field(w.fields.tags, line(refs.filter(isTag))),
  ];
};

export const repositoryUpdate: Describer = {
  topic: 'push',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const refs = list(payload.refs);
    const parts = {
      who: person(payload.user_name, payload.user_username, context),
      refs: counted(refs.length, w.refs, w),
      project: project(payload, context),
    };
    return described(say(w.repositoryUpdate, parts, { tone: 'news', fields: refFields(refs, context) }));
  },
};
