/**
 * What GitLab's payloads share (field names: docs.gitlab.com, "Webhook events", 19.3). Everything is made from the
 * context, so that numbers and addresses of one payload agree with each other and two builds of it are equal.
 */

import type { SampleContext } from '../../../../contracts/played-forge.ts';
import { sha256Hex } from '../../../../values/sha256.ts';

export const NO_COMMIT = '0'.repeat(40);
const HOUR_MS = 3_600_000;

/** A commit id that belongs to `label` in this context. */
export const shaOf = ({ word, project }: SampleContext, label: string): string =>
  sha256Hex(`${word} ${project} ${label}`).slice(0, 40);

/** A record's number: 1,000 to 99,999. */
export const idOf = (context: SampleContext, label: string): number =>
  1_000 + (Number.parseInt(shaOf(context, label).slice(0, 8), 16) % 99_000);

/** A number inside the project: 1 to 499. */
export const iidOf = (context: SampleContext, label: string): number => 1 + (idOf(context, label) % 499);

/** `2026-08-12T15:23:28Z`, so many ms before now. */
export const isoTime = ({ now }: SampleContext, agoMs = 0): string =>
  `${new Date(now.getTime() - agoMs).toISOString().slice(0, 19)}Z`;

/** `2026-08-12 15:23:28 UTC`, as pipelines, jobs and older events write it. */
export const utcTime = (context: SampleContext, agoMs = 0): string =>
  isoTime(context, agoMs).replace('T', ' ').replace('Z', ' UTC');

export const anHourAgo = (context: SampleContext): string => isoTime(context, HOUR_MS);

export const webUrl = ({ forge, project }: SampleContext): string => `${forge}/${project}`;
export const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The name says that this person is played. */
export const userOf = (context: SampleContext) => ({
  id: idOf(context, 'user'),
  name: `Simulated ${capital(context.word)}`,
  username: `simulated-${context.word}`,
  avatar_url: null,
  email: '[REDACTED]',
});

/** The same person in push events, which spread it over their top level. */
export const pusherOf = (context: SampleContext) => {
  const { id, name, username } = userOf(context);
  return { user_id: id, user_name: name, user_username: username, user_email: '', user_avatar: null };
};

export const projectOf = (context: SampleContext) => {
  const { forge, project } = context;
  const ssh = `git@${new URL(forge).hostname}:${project}.git`;
  return {
    id: idOf(context, 'project'),
    name: lastName(project),
    description: 'Played by chatops-up simulate',
    web_url: webUrl(context),
    avatar_url: null,
    git_ssh_url: ssh,
    git_http_url: `${webUrl(context)}.git`,
    namespace: folderOf(project) || project,
    visibility_level: 0,
    path_with_namespace: project,
    default_branch: 'main',
    ci_config_path: null,
    homepage: webUrl(context),
    url: ssh,
    ssh_url: ssh,
    http_url: `${webUrl(context)}.git`,
  };
};

export const repositoryOf = (context: SampleContext) => {
  const { name, description, homepage, url, git_http_url, git_ssh_url, visibility_level } = projectOf(context);
  return { name, url, description, homepage, git_http_url, git_ssh_url, visibility_level };
};

export const commitOf = (context: SampleContext, title: string, agoMs = 60_000) => {
  const id = shaOf(context, title);
  return {
    id,
    message: `${title}\n`,
    title,
    timestamp: isoTime(context, agoMs).replace('Z', '+00:00'),
    url: `${webUrl(context)}/-/commit/${id}`,
    author: { name: userOf(context).name, email: `${userOf(context).username}@example.org` },
  };
};

export const labelOf = (context: SampleContext, title: string) => ({
  id: idOf(context, title),
  title,
  color: '#428bca',
  project_id: idOf(context, 'project'),
  created_at: utcTime(context, 24 * HOUR_MS),
  updated_at: utcTime(context, 24 * HOUR_MS),
  template: false,
  description: null,
  type: 'ProjectLabel',
  group_id: null,
});

export const branchOf = ({ word }: SampleContext): string => `try-${word}`;
