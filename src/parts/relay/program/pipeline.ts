/** What is special about pipelines: which one it is, and how its stages stand. */
import { clean, LIMITS } from '../../../notifier/core/clean.ts';
import { field, projectPath } from '../../../notifier/core/common.ts';
import { joined, type Line, type Message, outside, words } from '../../../notifier/core/message.ts';
import { at, type Fields, list, text, whole } from '../../../notifier/core/read.ts';
import type { Locale } from '../../../notifier/core/wording/index.ts';

/** Undefined for any other event. */
export const runKeyOf = (room: string, payload: Fields): string | undefined => {
  const id = whole(at(payload, 'object_attributes', 'id'));
  if (payload.object_kind !== 'pipeline' || id === undefined) return undefined;
  return `${room} ${projectPath(payload)} ${id}`;
};

/** French sets off the colon that may follow, as the notifier's own titles do. */
const TITLE: Readonly<Record<Locale, string>> = { en: 'Stages', fr: 'Étapes\u00a0' };
/** Stages shown. */
const SHOWN = 12;

/** What a stage is, from the worst of its jobs: the first of these that one of them is. */
const WORST_FIRST = ['failed', 'canceled', 'running', 'pending', 'created', 'manual', 'skipped', 'success'] as const;
type Standing = (typeof WORST_FIRST)[number];

const SIGNS: Readonly<Record<Standing, string>> = {
  failed: '✘',
  canceled: '⊘',
  running: '▸',
  pending: '…',
  created: '…',
  manual: '‖',
  skipped: '»',
  success: '✔',
};

const standingOf = (build: unknown): Standing => {
  const status = text(at(build, 'status'));
  if (status === 'failed' && at(build, 'allow_failure') === true) return 'success';
  return WORST_FIRST.find((each) => each === status) ?? 'pending';
};

const stageName = (name: string): string => clean(name, LIMITS.name) || '?';

const stageNames = (payload: Fields): readonly string[] => {
  const order = list(at(payload, 'object_attributes', 'stages')).map(text);
  const reported = list(payload.builds).map((build) => text(at(build, 'stage')));
  return [...new Set([...order, ...reported])].filter((name) => name !== '');
};

const stageLine = (payload: Fields, name: string): Line => {
  const standings = list(payload.builds)
    .filter((build) => text(at(build, 'stage')) === name)
    .map(standingOf);
  const worst = WORST_FIRST.find((each) => standings.includes(each)) ?? 'created';
  return [words(`${SIGNS[worst]} `), outside(stageName(name))];
};

/** The same message with how its stages stand, before everything else that is said of it. */
export const withStages = (message: Message, payload: Fields, locale: Locale): Message => {
  const lines = stageNames(payload)
    .slice(0, SHOWN)
    .map((name) => stageLine(payload, name));
  return { ...message, fields: [...field(TITLE[locale], joined(lines, '  ')), ...message.fields] };
};
