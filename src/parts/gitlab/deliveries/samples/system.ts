/** What system hooks get: one header for all, told apart by `event_name` (docs.gitlab.com, "System hooks"). */
import type { Sample } from '../../../../contracts/played-forge.ts';
import { folderOf, idOf, isoTime, projectOf, pusherOf, repositoryOf, shaOf, userOf } from './parts.ts';

const HEADER = 'System Hook';

export const systemSamples: readonly Sample[] = [
  {
    name: 'system-project',
    about: 'system hook: a project is made',
    header: HEADER,
    build: (context) => ({
      created_at: isoTime(context),
      updated_at: isoTime(context),
      event_name: 'project_create',
      name: context.word,
      path: context.word,
      path_with_namespace: `${folderOf(context.project) || 'ops'}/${context.word}`,
      project_id: idOf(context, 'project'),
      project_namespace_id: idOf(context, 'group'),
      owner_name: userOf(context).name,
      owner_email: '[REDACTED]',
      owners: [{ name: userOf(context).name, email: '[REDACTED]' }],
      project_visibility: 'private',
    }),
  },
  {
    name: 'system-user',
    about: 'system hook: an account is made',
    header: HEADER,
    build: (context) => ({
      created_at: isoTime(context),
      updated_at: isoTime(context),
      event_name: 'user_create',
      name: userOf(context).name,
      username: userOf(context).username,
      email: `${userOf(context).username}@example.org`,
      user_id: userOf(context).id,
    }),
  },
  {
    name: 'system-push',
    about: 'system hook: a push, without its commits',
    header: HEADER,
    build: (context) => {
      const { id: project_id, ci_config_path: _path, ...project } = projectOf(context);
      const after = shaOf(context, 'after');
      return {
        event_name: 'push',
        before: shaOf(context, 'before'),
        after,
        ref: 'refs/heads/main',
        checkout_sha: after,
        ...pusherOf(context),
        project_id,
        project,
        repository: repositoryOf(context),
        commits: [],
        total_commits_count: 0,
      };
    },
  },
];
