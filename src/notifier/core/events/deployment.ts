import { clean, LIMITS } from '../clean.ts';
import { field, project, projectPath, say, shortRef, shortSha, someone, told } from '../common.ts';
import type { Teller } from '../event.ts';
import { type Line, link, outside, words } from '../message.ts';
import { type Fields, text } from '../read.ts';
import { outcomeOf, statusPart, templateFor, toneOf } from './run.ts';

const commitOf = (payload: Fields): Line => {
  const title = clean(text(payload.commit_title), LIMITS.title);
  const sha = shortSha(payload.short_sha);
  if (sha === '' && title === '') return [];
  const start = link(sha || '?', text(payload.commit_url));
  return title === '' ? [start] : [start, words(' '), outside(title)];
};

export const deployment: Teller = {
  topic: 'deployment',
  tell: ({ payload }, context) => {
    const { words: w } = context;
    const status = text(payload.status);
    const environment = clean(text(payload.environment), LIMITS.name) || '?';
    const subject = `deployment ${projectPath(payload)} ${environment}`;
    const recovered = status === 'success' && context.hadFailed(subject);
    const parts = {
      who: someone(payload.user, context),
      project: project(payload, context),
      environment: link(environment, text(payload.deployable_url)),
      status: statusPart(status),
    };
    const texts = { recovered: w.deploymentRecovered, other: w.deploymentOther };
    const message = say(templateFor(w.deployment, status, recovered, texts), parts, {
      tone: toneOf(status),
      fields: field(w.fields.commit, commitOf(payload)),
    });
    // `ref` is in newer payloads only.
    const branch = shortRef(payload.ref);
    return told(message, { outcome: outcomeOf(status), subject, ...(branch === '' ? {} : { branch }) });
  },
};
