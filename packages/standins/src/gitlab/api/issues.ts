/** Issues, merge requests and notes: just enough to make their events happen. */
import { ROLE, wantedProject } from '../access.ts';
import { userBasic } from '../entities.ts';
import { issuePayload, issueUrl, mergeRequestPayload, mergeRequestUrl, notePayload } from '../hooks/payloads/issue.ts';
import { paged } from '../http/paging.ts';
import { checkParams, recordId } from '../http/params.ts';
import { badRecord, created, notFound, ok } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Project } from '../model.ts';
import type { Issue, MergeRequest, Note } from '../model-issues.ts';
import { isoTime } from '../state.ts';

const author = (call: Call, id: number) => {
  const user = call.world.state.users.get(String(id));
  return user === undefined ? null : userBasic(call.world, user);
};

const issueEntity = (call: Call, project: Project, issue: Issue) => ({
  id: issue.id,
  iid: issue.iid,
  project_id: project.id,
  title: issue.title,
  description: issue.description,
  state: issue.state,
  created_at: isoTime(issue.createdAt),
  updated_at: isoTime(issue.updatedAt),
  labels: issue.labels,
  assignees: [],
  author: author(call, issue.authorId),
  confidential: issue.confidential,
  web_url: issueUrl(call.world, project, issue.iid),
});

const mergeRequestEntity = (call: Call, project: Project, mr: MergeRequest) => ({
  id: mr.id,
  iid: mr.iid,
  project_id: project.id,
  title: mr.title,
  description: mr.description,
  state: mr.state,
  source_branch: mr.sourceBranch,
  target_branch: mr.targetBranch,
  author: author(call, mr.authorId),
  created_at: isoTime(mr.createdAt),
  updated_at: isoTime(mr.updatedAt),
  merge_status: 'can_be_merged',
  web_url: mergeRequestUrl(call.world, project, mr.iid),
});

const byIid = <T extends { readonly projectId: number; readonly iid: number }>(
  call: Call,
  all: readonly T[],
  project: Project,
): T => {
  const iid = recordId(call.params, 'iid');
  const found = all.find((one) => one.projectId === project.id && String(one.iid) === iid);
  if (found === undefined) throw notFound();
  return found;
};

const announceIssue = (call: Call, project: Project, issue: Issue, action: string): void =>
  call.world.hooks.fire({
    event: issue.confidential ? 'confidential_issues_events' : 'issues_events',
    project,
    payload: issuePayload(call.world, project, call.caller.user, issue, action),
  });

const addIssue = (call: Call) => {
  const project = wantedProject(call, ROLE.guest);
  const given = checkParams(call.params, {
    title: { type: 'string', required: true },
    description: { type: 'string' },
    confidential: { type: 'boolean' },
    labels: { type: 'list' },
  });
  const now = call.world.time.now();
  const issue: Issue = {
    id: call.world.state.nextId('issues'),
    iid: call.world.state.nextId(`issues:${project.id}`),
    projectId: project.id,
    title: given.title,
    description: given.description ?? null,
    state: 'opened',
    confidential: given.confidential ?? false,
    labels: given.labels ?? [],
    authorId: call.caller.user.id,
    createdAt: now,
    updatedAt: now,
  };
  call.world.state.issues.put(String(issue.id), issue);
  announceIssue(call, project, issue, 'open');
  return created(issueEntity(call, project, issue));
};

const EVENTS = { close: 'closed', reopen: 'opened' } as const;

const editIssue = (call: Call) => {
  const project = wantedProject(call, ROLE.reporter);
  const issue = byIid(call, call.world.state.issues.all(), project);
  const given = checkParams(call.params, {
    title: { type: 'string' },
    description: { type: 'string' },
    state_event: { type: 'string', values: ['close', 'reopen'] },
  });
  const event = given.state_event as keyof typeof EVENTS | undefined;
  const next: Issue = {
    ...issue,
    title: given.title ?? issue.title,
    description: given.description ?? issue.description,
    state: event === undefined ? issue.state : EVENTS[event],
    updatedAt: call.world.time.now(),
  };
  call.world.state.issues.put(String(issue.id), next);
  announceIssue(call, project, next, event ?? 'update');
  return ok(issueEntity(call, project, next));
};

const addMergeRequest = (call: Call) => {
  const project = wantedProject(call, ROLE.developer);
  const given = checkParams(call.params, {
    source_branch: { type: 'string', required: true },
    target_branch: { type: 'string', required: true },
    title: { type: 'string', required: true },
    description: { type: 'string' },
  });
  if (call.world.repositories.ref(project, 'branch', given.source_branch) === undefined)
    throw badRecord({ base: ['source branch does not exist'] });
  const now = call.world.time.now();
  const mr: MergeRequest = {
    id: call.world.state.nextId('merge-requests'),
    iid: call.world.state.nextId(`merge-requests:${project.id}`),
    projectId: project.id,
    title: given.title,
    description: given.description ?? null,
    state: 'opened',
    sourceBranch: given.source_branch,
    targetBranch: given.target_branch,
    authorId: call.caller.user.id,
    createdAt: now,
    updatedAt: now,
  };
  call.world.state.mergeRequests.put(String(mr.id), mr);
  const payload = mergeRequestPayload(call.world, project, call.caller.user, mr, 'open');
  call.world.hooks.fire({ event: 'merge_requests_events', project, payload, systemPayload: payload });
  return created(mergeRequestEntity(call, project, mr));
};

const addNote = (kind: Note['on']['kind']) => (call: Call) => {
  const project = wantedProject(call, ROLE.guest);
  const { body } = checkParams(call.params, { body: { type: 'string', required: true } });
  const { issues, mergeRequests } = call.world.state;
  const on = kind === 'issue' ? byIid(call, issues.all(), project) : byIid(call, mergeRequests.all(), project);
  const note: Note = {
    id: call.world.state.nextId('notes'),
    projectId: project.id,
    on: { kind, id: on.id },
    body,
    authorId: call.caller.user.id,
    createdAt: call.world.time.now(),
  };
  call.world.state.notes.put(String(note.id), note);
  const confidential = 'confidential' in on && on.confidential;
  call.world.hooks.fire({
    event: confidential ? 'confidential_note_events' : 'note_events',
    project,
    payload: notePayload(call.world, project, call.caller.user, note),
  });
  return created({
    id: note.id,
    body,
    author: author(call, note.authorId),
    created_at: isoTime(note.createdAt),
    system: false,
    noteable_id: on.id,
    noteable_iid: on.iid,
    noteable_type: kind === 'issue' ? 'Issue' : 'MergeRequest',
  });
};

export const issueRoutes: readonly Route[] = [
  read('/projects/:id/issues', (call) => {
    const project = wantedProject(call, ROLE.guest);
    const issues = call.world.state.issues.all().filter(({ projectId }) => projectId === project.id);
    return paged(call, issues.reverse(), (issue) => issueEntity(call, project, issue));
  }),
  write('POST', '/projects/:id/issues', addIssue),
  read('/projects/:id/issues/:iid', (call) => {
    const project = wantedProject(call, ROLE.guest);
    return ok(issueEntity(call, project, byIid(call, call.world.state.issues.all(), project)));
  }),
  write('PUT', '/projects/:id/issues/:iid', editIssue),
  write('POST', '/projects/:id/issues/:iid/notes', addNote('issue')),
  read('/projects/:id/merge_requests', (call) => {
    const project = wantedProject(call, ROLE.guest);
    const found = call.world.state.mergeRequests.all().filter(({ projectId }) => projectId === project.id);
    return paged(call, found.reverse(), (mr) => mergeRequestEntity(call, project, mr));
  }),
  write('POST', '/projects/:id/merge_requests', addMergeRequest),
  write('POST', '/projects/:id/merge_requests/:iid/notes', addNote('merge_request')),
];
