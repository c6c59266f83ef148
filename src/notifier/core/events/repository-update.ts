import { counted, field, person, project, refPiece, say, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { joined } from '../message.ts';
import { list } from '../read.ts';

export const repositoryUpdate: Teller = {
  topic: 'push',
  tell: ({ payload }, context) => {
    const { words: w } = context;
    const refs = list(payload.refs);
    const names = joined(
      refs.slice(0, 5).map((ref) => [refPiece(ref)]),
      ', ',
    );
    const parts = {
      who: person(payload.user_name, payload.user_username, context),
      refs: counted(refs.length, w.refs, w),
      project: project(payload, context),
    };
    return told(say(w.repositoryUpdate, parts, { tone: 'news', fields: field(w.fields.branches, names) }));
  },
};
