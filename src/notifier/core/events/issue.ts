import { field, numbered, people, pick, project, quote, say, someone, told } from '../common.ts';
import type { Context, Teller } from '../event.ts';
import type { Field, Tone } from '../message.ts';
import { at, type Fields, text } from '../read.ts';
import { changeFields } from './changes.ts';
import { isConfidential } from './confidential.ts';
import { labelTitles, titlesLine } from './labels.ts';

const TONES: Readonly<Record<string, Tone>> = { open: 'news', reopen: 'news', close: 'good' };

const nounOf = (payload: Fields, hidden: boolean, { words: w }: Context): string => {
  const type = text(at(payload, 'object_attributes', 'type')).toLowerCase() || 'issue';
  const noun = pick<string>(w.nouns, type) ?? w.nouns.other;
  return hidden ? w.confidential.replace('{noun}', noun) : noun;
};

const openFields = (payload: Fields, context: Context): readonly Field[] => {
  const { fields } = context.words;
  const assignees =
    at(payload, 'assignees') ?? [at(payload, 'assignee')].filter((one) => at(one, 'name') !== undefined);
  return [
    ...field(fields.assignees, people(assignees, context)),
    ...field(fields.labels, titlesLine(labelTitles(payload.labels))),
  ];
};

/** Of a confidential issue its number is told and nothing of its text: no title, no description, no labels. */
export const issue: Teller = {
  topic: 'issue',
  tell: (event, context) => {
    const { payload } = event;
    const { words: w } = context;
    const item = at(payload, 'object_attributes');
    const action = text(at(item, 'action'));
    const hidden = isConfidential(event);
    const parts = {
      who: someone(payload.user, context),
      noun: { kind: 'words', text: nounOf(payload, hidden, context) } as const,
      issue: numbered('#', item, at(item, 'url'), hidden ? '' : at(item, 'title')),
      project: project(payload, context),
    };
    const isOpened = action === 'open';
    const fields = action === 'update' ? changeFields(payload, context, hidden) : [];
    const message = say(pick(w.issue, action) ?? w.issueOther, parts, {
      tone: pick(TONES, action) ?? 'plain',
      details: isOpened && !hidden ? quote(at(item, 'description')) : [],
      fields: isOpened && !hidden ? openFields(payload, context) : fields,
    });
    return told(message);
  },
};
