/** What a project for trying is needed for: its pipelines and jobs, what its hook sent, and its end. */
import { Jobs, Pipelines, Projects, Runners } from '@gitbeaker/rest';
import type { HookPlace } from '../../../contracts/forge.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { GitLabClient, SentAgain } from '../gitlab.ts';
import { saidBy } from './refusal.ts';
import { deliverySchema, pipelineJobSchema, pipelineSchema, projectSchema, sentAgainSchema } from './schemas.ts';
import { type Session, unlessStatus } from './session.ts';
import { answerBehind } from './transport.ts';

type ScratchPart = Pick<
  GitLabClient,
  'listPipelines' | 'listPipelineJobs' | 'listDeliveries' | 'sendAgain' | 'lendRunner' | 'deleteProject'
>;

const hooksOf = (place: HookPlace): string =>
  place.kind === 'instance' ? 'hooks' : `${place.kind}s/${encodeURIComponent(String(place.id))}/hooks`;

/** The newest page is enough: a try is a handful of deliveries. The library has no call for it. */
const readDeliveries = async (session: Session, place: HookPlace, id: number, signal: AbortSignal) => {
  const { requester } = new Projects(session.options(signal));
  const reply = await unlessStatus(404, () => requester.get(`${hooksOf(place)}/${id}/events`, {}));
  return reply && session.parse(deliverySchema.array(), reply.body, 'the deliveries of a hook');
};

/** 422: the receiver was not reached, or the hook's address has changed. 429: five a minute. */
const sendAgain = async (session: Session, path: string, signal: AbortSignal): Promise<SentAgain> => {
  const { requester } = new Projects(session.options(signal));
  try {
    const reply = await unlessStatus(404, () => requester.post(`${path}/resend`, { body: {} }));
    if (reply === undefined) return { kind: 'unsupported' };
    const { response_status: status } = session.parse(sentAgainSchema, reply.body, 'what was sent again');
    return /^2\d\d$/.test(`${status}`) ? { kind: 'delivered' } : { kind: 'failed', reason: `answered ${status}` };
  } catch (thrown) {
    const answer = answerBehind(thrown);
    if (answer?.status !== 422 && answer?.status !== 429) throw thrown;
    return { kind: 'failed', reason: saidBy(answer) };
  }
};

const keptForDays = (id: number, thrown: unknown): ChatopsError => {
  const answer = answerBehind(thrown);
  return new ChatopsError('JOB_FAILED', {
    what: `project ${id} is marked for deletion, and GitLab keeps it for some days`,
    why: answer ? saidBy(answer) : String(thrown),
    next: 'delete it for good in its settings, or let GitLab do it',
    cause: thrown,
  });
};

/**
 * Where GitLab deletes late (since 18.0 everywhere), the first call only marks a project; a second one with its path,
 * which the mark has changed, removes it (gitlab-org/gitlab!116957, docs.gitlab.com/api/projects "Delete a project").
 */
const deleteProject = async (session: Session, id: number, signal: AbortSignal): Promise<void> => {
  const projects = new Projects(session.options(signal));
  await unlessStatus(404, () => projects.remove(id));
  const marked = await unlessStatus(404, () => projects.show(id));
  if (marked === undefined) return;
  const { path } = session.parse(projectSchema, marked, `project ${id}`);
  try {
    const searchParams = { permanentlyRemove: true, fullPath: path };
    await unlessStatus(404, () => projects.requester.delete(`projects/${id}`, { searchParams }));
  } catch (thrown) {
    throw keptForDays(id, thrown);
  }
};

export const createScratchPart = (session: Session): ScratchPart => ({
  listPipelines: (project, signal) =>
    session.all(pipelineSchema, 'pipelines', (page) =>
      new Pipelines(session.options(signal)).all(project, { orderBy: 'id', sort: 'desc', ...page } as never),
    ),
  listPipelineJobs: (project, pipeline, signal) =>
    session.all(pipelineJobSchema, 'jobs', (page) =>
      new Jobs(session.options(signal)).all(project, { pipelineId: pipeline, ...page } as never),
    ),
  listDeliveries: (place, id, signal) => readDeliveries(session, place, id, signal),
  sendAgain: (place, hook, delivery, signal) =>
    sendAgain(session, `${hooksOf(place)}/${hook}/events/${delivery}`, signal),
  lendRunner: async (project, runner, signal) => {
    try {
      await new Runners(session.options(signal)).enable(project, runner);
    } catch (thrown) {
      // 400 "has already been taken": it works there already.
      const answer = answerBehind(thrown);
      if (answer?.status !== 400 || !/taken|already/i.test(saidBy(answer))) throw thrown;
    }
  },
  deleteProject: (id, signal) => deleteProject(session, id, signal),
});
