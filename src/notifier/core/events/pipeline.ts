import { clean, LIMITS } from '../clean.ts';
import {
  commitLine,
  described,
  field,
  listed,
  numbered,
  project,
  projectPath,
  projectUrl,
  refPiece,
  say,
  shortRef,
} from '../common.ts';
import type { Context, Describer } from '../event.ts';
import { type Field, type Line, link, type Piece } from '../message.ts';
import { at, type Fields, firstText, list, record, text, whole } from '../read.ts';
import { byPart, outcomeOf, statusPart, templateFor, timePart, toneOf } from './run.ts';

/** Jobs of a failed pipeline that are named. */
const SHOWN = 5;

const pipelinePiece = (payload: Fields): Piece => {
  const item = at(payload, 'object_attributes');
  const id = whole(at(item, 'id'));
  const base = projectUrl(payload);
  const built = id === undefined || base === '' ? '' : `${base}/-/pipelines/${id}`;
  // Pipelines are known by their id; their iid is shown nowhere.
  return link(id === undefined ? '?' : `#${id}`, firstText(at(item, 'url'), built));
};

const jobLine = (payload: Fields, build: unknown): Line => {
  const id = whole(at(build, 'id'));
  const base = projectUrl(payload);
  const stage = clean(text(at(build, 'stage')), LIMITS.name) || '?';
  const name = clean(text(at(build, 'name')), LIMITS.name) || '?';
  return [link(`${stage}: ${name}`, id === undefined || base === '' ? '' : `${base}/-/jobs/${id}`)];
};

/** Failed for good, each by its last try: a job that was tried again with success did not fail. */
const failedJobs = (payload: Fields, tolerated: boolean): readonly unknown[] => {
  const builds = list(payload.builds);
  const nameOf = (build: unknown): string => text(at(build, 'name'));
  const passed = new Set(builds.filter((build) => at(build, 'status') === 'success').map(nameOf));
  const failed = builds.filter(
    (build) => at(build, 'status') === 'failed' && (at(build, 'allow_failure') === true) === tolerated,
  );
  return [...new Map(failed.map((build) => [nameOf(build), build])).values()].filter((one) => !passed.has(nameOf(one)));
};

const jobsField = (title: string, payload: Fields, tolerated: boolean, { words: w }: Context): readonly Field[] =>
  field(
    title,
    listed(failedJobs(payload, tolerated), SHOWN, (build) => jobLine(payload, build), w),
  );

/** GitLab says so itself; where it does not, a job that failed as it may does. */
const hasWarnings = (payload: Fields): boolean => {
  const detailed = text(at(payload, 'object_attributes', 'detailed_status'));
  return detailed === '' ? failedJobs(payload, true).length > 0 : /warning/.test(detailed);
};

const mergeField = (payload: Fields, { words: w }: Context): readonly Field[] => {
  const merge = payload.merge_request;
  const isThere = Object.keys(record(merge)).length > 0;
  return isThere ? field(w.fields.mergeRequest, [numbered('!', merge, at(merge, 'url'), at(merge, 'title'))]) : [];
};

/** A job that may fail did not fail the pipeline: it is named only where it is the warning. */
const failedFields = (payload: Fields, status: string, context: Context): readonly Field[] => {
  const { fields } = context.words;
  if (status === 'failed') return jobsField(fields.failed, payload, false, context);
  return status === 'success' ? jobsField(fields.tolerated, payload, true, context) : [];
};

const fieldsOf = (payload: Fields, status: string, context: Context): readonly Field[] => {
  const { fields } = context.words;
  const commit = Object.keys(record(payload.commit)).length > 0 ? commitLine(payload.commit) : [];
  return [...failedFields(payload, status, context), ...field(fields.commit, commit), ...mergeField(payload, context)];
};

export const pipeline: Describer = {
  topic: 'pipeline',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const item = at(payload, 'object_attributes');
    const status = text(at(item, 'status'));
    const ref = shortRef(at(item, 'ref'));
    const subject = `pipeline ${projectPath(payload)} ${ref}`;
    const recovered = status === 'success' && context.hadFailed(subject);
    const parts = {
      pipeline: pipelinePiece(payload),
      project: project(payload, context),
      ref: refPiece(ref),
      time: timePart(at(item, 'duration'), context),
      by: byPart(payload.user, status, context),
      status: statusPart(status, context),
    };
    const texts = { recovered: w.pipelineRecovered, other: w.pipelineOther };
    const warned = status === 'success' && hasWarnings(payload);
    const template = templateFor(w.pipeline, warned ? 'warnings' : status, recovered, texts);
    const message = say(template, parts, {
      tone: warned ? 'warning' : toneOf(status),
      fields: fieldsOf(payload, status, context),
    });
    const isBranch = ref !== '' && at(item, 'tag') !== true;
    return described(message, { outcome: outcomeOf(status), subject, ...(isBranch ? { branch: ref } : {}) });
  },
};
