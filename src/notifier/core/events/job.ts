import { clean, LIMITS } from '../clean.ts';
import {
  commitTitle,
  described,
  field,
  project,
  projectPath,
  projectUrl,
  refPiece,
  say,
  shortRef,
  textField,
} from '../common.ts';
import type { Context, Describer } from '../event.ts';
import { code, type Field, link, type Piece } from '../message.ts';
import { at, type Fields, firstText, isSet, text, whole } from '../read.ts';
import { byPart, outcomeOf, statusPart, templateFor, timePart, toneOf } from './run.ts';

const jobPiece = (payload: Fields, name: string): Piece => {
  const id = whole(payload.build_id);
  const base = projectUrl(payload);
  return link(name, id === undefined || base === '' ? '' : `${base}/-/jobs/${id}`);
};

const pipelineField = (payload: Fields, { words: w }: Context): readonly Field[] => {
  const id = whole(payload.pipeline_id);
  if (id === undefined) return [];
  const base = projectUrl(payload);
  return field(w.fields.pipeline, [link(`#${id}`, base === '' ? '' : `${base}/-/pipelines/${id}`)]);
};

const fieldsOf = (payload: Fields, status: string, context: Context): readonly Field[] => {
  const { fields } = context.words;
  const stage = clean(text(payload.build_stage), LIMITS.name);
  const reason = clean(text(payload.build_failure_reason), LIMITS.status);
  return [
    ...field(fields.stage, stage === '' ? [] : [code(stage)]),
    ...field(fields.reason, status === 'failed' && reason !== '' ? [code(reason)] : []),
    ...pipelineField(payload, context),
    ...textField(fields.commit, commitTitle(payload.commit)),
  ];
};

/** Comes as `object_kind: "build"` with the header `Job Hook`. */
export const job: Describer = {
  topic: 'job',
  describe: ({ payload }, context) => {
    const { words: w } = context;
    const status = firstText(payload.build_status, payload.status);
    const name = clean(text(payload.build_name), LIMITS.name) || '?';
    const ref = shortRef(payload.ref);
    const subject = `job ${projectPath(payload)} ${ref} ${name}`;
    const parts = {
      job: jobPiece(payload, name),
      project: project(payload, context),
      ref: refPiece(ref),
      time: timePart(payload.build_duration, context),
      by: byPart(payload.user, status, context),
      status: statusPart(status, context),
    };
    // What may fail breaks nothing: no failure that a room would be woken for, and none to recover from.
    const tolerated = status === 'failed' && isSet(payload.build_allow_failure);
    const recovered = status === 'success' && context.hadFailed(subject);
    const known = templateFor(w.job, status, recovered, { recovered: w.jobRecovered, other: w.jobOther });
    const message = say(tolerated ? w.jobTolerated : known, parts, {
      tone: tolerated ? 'warning' : toneOf(status),
      fields: fieldsOf(payload, status, context),
    });
    const isBranch = ref !== '' && at(payload, 'tag') !== true;
    const outcome = tolerated ? 'other' : outcomeOf(status);
    return described(message, { outcome, subject, ...(isBranch ? { branch: ref } : {}) });
  },
};
