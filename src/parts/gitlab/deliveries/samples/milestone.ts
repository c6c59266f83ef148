import type { Sample } from '../../../../contracts/played-forge.ts';
import { idOf, iidOf, projectOf, utcTime } from './parts.ts';

export const milestoneSamples: readonly Sample[] = [
  {
    name: 'milestone',
    about: 'a milestone is made',
    header: 'Milestone Hook',
    build: (context) => ({
      object_kind: 'milestone',
      event_type: 'milestone',
      project: projectOf(context),
      object_attributes: {
        id: idOf(context, 'milestone'),
        iid: iidOf(context, 'milestone'),
        title: `Quiet mornings (${context.word})`,
        description: 'One bell, rung once',
        state: 'active',
        created_at: utcTime(context),
        updated_at: utcTime(context),
        due_date: null,
        start_date: null,
        group_id: null,
        project_id: projectOf(context).id,
      },
      action: 'create',
    }),
  },
];
