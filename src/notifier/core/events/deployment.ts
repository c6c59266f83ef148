import { clean, LIMITS } from '../clean.ts';
import { described, field, project, projectPath, say, shortRef, shortSha, someone } from '../common.ts';
import type { Context, Describer, Outcome } from '../event.ts';
import { type Field, type Line, link, outside, type Tone, words } from '../message.ts';
import { quote } from '../quote.ts';
import { at, type Fields, firstText, text, whole } from '../read.ts';
import { outcomeOf, starterPart, statusPart, templateFor, toneOf } from './run.ts';

const commitOf = (payload: Fields): Line => {
  const title = clean(text(payload.commit_title), LIMITS.title);
  const sha = shortSha(payload.short_sha);
  if (sha === '' && title === '') return [];
  const start = link(sha || '?', text(payload.commit_url));
  return title === '' ? [start] : [start, words(' '), outside(title)];
};

/** The job that deploys; of deployments by API there is none. */
const jobOf = (payload: Fields): Line => {
  const url = text(payload.deployable_url);
  const id = whole(payload.deployable_id) ?? whole(/\/jobs\/(\d+)/.exec(url.slice(0, 1_000))?.[1]);
  return id === undefined || url === '' ? [] : [link(`#${id}`, url)];
};

/** Somebody has to approve, or has decided; both are waited for, in every room. */
const DECISIONS: Readonly<Record<string, { readonly outcome: Outcome; readonly tone: Tone }>> = {
  blocked: { outcome: 'asks', tone: 'warning' },
  approved: { outcome: 'other', tone: 'good' },
  rejected: { outcome: 'asks', tone: 'bad' },
};

const outcomeFor = (status: string): { readonly outcome: Outcome; readonly tone: Tone } =>
  Object.hasOwn(DECISIONS, status) && DECISIONS[status] !== undefined
    ? DECISIONS[status]
    : { outcome: outcomeOf(status), tone: toneOf(status) };

const fieldsOf = (payload: Fields, { words: w }: Context): readonly Field[] => [
  ...field(w.fields.commit, commitOf(payload)),
  ...field(w.fields.job, jobOf(payload)),
];

/** Of a decision the actor is who decided, and who deploys hears of it. */
const approverOf = (payload: Fields): unknown =>
  payload.approver ?? at(payload, 'approval', 'user') ?? at(payload, 'approval', 'approver');

const isDecided = (status: string): boolean => status === 'approved' || status === 'rejected';

export const deployment: Describer = {
  topic: 'deployment',
  describe: ({ payload }, given) => {
    const status = text(payload.status);
    const approver = isDecided(status) ? approverOf(payload) : undefined;
    const context = isDecided(status) ? { ...given, actor: text(at(approver, 'username')) } : given;
    const { words: w } = context;
    const environment = clean(text(payload.environment), LIMITS.name) || '?';
    const subject = `deployment ${projectPath(payload)} ${environment}`;
    const recovered = status === 'success' && context.hadFailed(subject);
    const parts = {
      who: isDecided(status) ? someone(payload.user, context) : starterPart(payload.user, status, context),
      approver: someone(approver, context),
      project: project(payload, context),
      environment: link(environment, text(payload.environment_external_url)),
      status: statusPart(status, context),
    };
    const texts = { recovered: w.deploymentRecovered, other: w.deploymentOther };
    const { outcome, tone } = outcomeFor(status);
    const comment = firstText(at(payload, 'approval', 'comment'), payload.approval_comment);
    const message = say(templateFor(w.deployment, status, recovered, texts), parts, {
      tone,
      details: isDecided(status) ? quote(comment) : [],
      fields: fieldsOf(payload, context),
    });
    // `ref` is in newer payloads only.
    const branch = shortRef(payload.ref);
    return described(message, { outcome, subject, ...(branch === '' ? {} : { branch }) });
  },
};
