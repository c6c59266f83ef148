import { described, field, numbered, pageOf, people, pick, project, say, someone, unknownAction } from '../common.ts';
import type { Context, Describer, Description } from '../event.ts';
import type { FilledIn } from '../fill.ts';
import { type Field, type Tone, words } from '../message.ts';
import { quote } from '../quote.ts';
import { at, type Fields, list, text } from '../read.ts';
import { changesOf, describeChanges, saysChanges, stateAction } from './changes.ts';
import { isConfidential } from './confidential.ts';
import { labelTitles, titlesLine } from './labels.ts';
import { nounOf, signOf } from './work-item.ts';

type Parts = Readonly<Record<string, FilledIn>>;

const TONES: Readonly<Record<string, Tone>> = { open: 'news', reopen: 'news', close: 'good' };

const nounText = (type: string, hidden: boolean, { words: w }: Context): string => {
  const noun = w.nouns[nounOf(type)];
  return hidden ? w.confidential.replace('{noun}', noun) : noun;
};

const assigneesOf = (payload: Fields): unknown =>
  list(payload.assignees).length > 0
    ? payload.assignees
    : [payload.assignee].filter((one) => at(one, 'name') !== undefined);

const openFields = (payload: Fields, context: Context): readonly Field[] => {
  const { words: w } = context;
  return [
    ...field(w.fields.assignees, people(assigneesOf(payload), context)),
    ...field(w.fields.labels, titlesLine(labelTitles(payload.labels), w)),
  ];
};

/** An update of nothing that people care about is no news. */
const describeUpdate = (payload: Fields, parts: Parts, hidden: boolean, context: Context): Description | undefined => {
  const { words: w } = context;
  const changes = changesOf(payload, context, hidden);
  if (changes.length === 0 && saysChanges(payload)) return undefined;
  const head = changes.find(({ template }) => template !== undefined);
  const news = { template: head?.template ?? w.issue.update, parts: { ...parts, ...head?.parts } };
  const { line, fields } = describeChanges(
    changes.filter((change) => change !== head),
    news,
    context,
  );
  return described({ line, tone: 'plain', details: [], fields });
};

/** Of a confidential issue its number is named and nothing of its text: no title, no description, no labels. */
export const issue: Describer = {
  topic: 'issue',
  describe: (event, context) => {
    const { payload } = event;
    const { words: w } = context;
    const item = at(payload, 'object_attributes');
    const type = text(at(item, 'type'));
    const named = text(at(item, 'action'));
    const hidden = isConfidential(event);
    const shown = numbered(signOf(type), item, pageOf(payload, 'issues'), hidden ? '' : at(item, 'title'));
    const parts: Parts = {
      who: someone(payload.user, context),
      noun: words(nounText(type, hidden, context)),
      issue: shown,
      item: shown,
      project: project(payload, context),
      action: unknownAction(named, context),
    };
    const action = named === 'update' ? (stateAction(payload) ?? named) : named;
    if (action === 'update') return describeUpdate(payload, parts, hidden, context);
    const isOpened = action === 'open' && !hidden;
    const message = say(pick(w.issue, action) ?? w.issueOther, parts, {
      tone: pick(TONES, action) ?? 'plain',
      details: isOpened ? quote(at(item, 'description')) : [],
      fields: isOpened ? openFields(payload, context) : [],
    });
    return described(message);
  },
};
