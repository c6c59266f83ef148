/** What hooks of groups get about their members, subgroups and projects: no `object_kind`, all on the top level. */
import type { Payload, Sample, SampleContext } from '../../../../contracts/played-forge.ts';
import { folderOf, idOf, isoTime, lastName, userOf } from './parts.ts';

const groupPath = ({ project }: SampleContext): string => folderOf(project) || 'ops';

const times = (context: SampleContext): Payload => ({ created_at: isoTime(context), updated_at: isoTime(context) });

export const groupSamples: readonly Sample[] = [
  {
    name: 'member',
    about: 'somebody is added to a group',
    header: 'Member Hook',
    build: (context) => ({
      ...times(context),
      event_name: 'user_add_to_group',
      group_name: lastName(groupPath(context)),
      group_path: groupPath(context),
      group_id: idOf(context, 'group'),
      user_username: userOf(context).username,
      user_name: userOf(context).name,
      user_email: '[REDACTED]',
      user_id: userOf(context).id,
      group_access: 'Developer',
      expires_at: null,
      group_plan: null,
    }),
  },
  {
    name: 'subgroup',
    about: 'a subgroup is made',
    header: 'Subgroup Hook',
    build: (context) => ({
      ...times(context),
      event_name: 'subgroup_create',
      name: context.word,
      path: context.word,
      full_path: `${groupPath(context)}/${context.word}`,
      group_id: idOf(context, 'subgroup'),
      parent_group_id: idOf(context, 'group'),
      parent_name: lastName(groupPath(context)),
      parent_path: lastName(groupPath(context)),
      parent_full_path: groupPath(context),
    }),
  },
  {
    name: 'project',
    about: 'a project is made in a group',
    header: 'Project Hook',
    build: (context) => ({
      ...times(context),
      event_name: 'project_create',
      name: context.word,
      path: context.word,
      path_with_namespace: `${groupPath(context)}/${context.word}`,
      project_id: idOf(context, 'project'),
      project_namespace_id: idOf(context, 'group'),
      owners: [{ name: userOf(context).name, email: '[REDACTED]' }],
      project_visibility: 'private',
    }),
  },
];
