/** What kinds of work items are called, and how people number them. */
import { pick } from '../common.ts';
import type { Texts } from '../wording/index.ts';

type Noun = keyof Texts['nouns'];

/** `type` of GitLab (doc/user/project/integrations/webhook_events.md, "Work item events") → our noun */
const NOUNS: Readonly<Record<string, Noun>> = {
  '': 'issue',
  issue: 'issue',
  incident: 'incident',
  task: 'task',
  epic: 'epic',
  requirement: 'requirement',
  'test case': 'testCase',
  test_case: 'testCase',
  objective: 'objective',
  'key result': 'keyResult',
  key_result: 'keyResult',
  ticket: 'ticket',
};

export const nounOf = (type: string): Noun => pick(NOUNS, type.toLowerCase()) ?? 'other';

/** Epics are counted by group, `&3`, everything else by project, `#3`. */
export const signOf = (type: string): string => (type.toLowerCase() === 'epic' ? '&' : '#');
