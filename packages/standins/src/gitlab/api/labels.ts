/** Labels of a project (gl:lib/api/labels.rb). */
import { ROLE, wantedProject } from '../access.ts';
import { paged } from '../http/paging.ts';
import { atLeastOneOf, checkParams } from '../http/params.ts';
import { created, noContent, notFound, ok, Refusal } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Label, Project } from '../model.ts';

const entity = ({ id, name, color, description, priority }: Label) => ({
  ...{ id, name, description, priority },
  description_html: description ?? '',
  text_color: '#FFFFFF',
  color,
  ...{ subscribed: false, archived: false, is_project_label: true },
});

const labelsOf = (call: Call, project: Project): readonly Label[] =>
  call.world.state.labels.all().filter(({ projectId }) => projectId === project.id);

/** By number or by name. */
const found = (call: Call, project: Project): Label => {
  const wanted = String(call.params.label_id ?? '');
  const label = labelsOf(call, project).find(({ id, name }) => String(id) === wanted || name === wanted);
  if (label === undefined) throw notFound('Label');
  return label;
};

const put = (call: Call, label: Label): Label => {
  call.world.state.labels.put(String(label.id), label);
  return label;
};

const RULES = {
  color: { type: 'string' },
  description: { type: 'string' },
  priority: { type: 'integer' },
  new_name: { type: 'string' },
} as const;

const add = (call: Call) => {
  const project = wantedProject(call, ROLE.reporter);
  const { name, color } = checkParams(call.params, {
    name: { type: 'string', required: true },
    color: { type: 'string', required: true },
  });
  if (labelsOf(call, project).some((label) => label.name === name))
    throw new Refusal(409, { message: 'Label already exists' });
  const { description, priority } = checkParams(call.params, RULES);
  const id = call.world.state.nextId('labels');
  const label = {
    id,
    projectId: project.id,
    name,
    color,
    description: description ?? null,
    priority: priority ?? null,
  };
  return created(entity(put(call, label)));
};

const edit = (call: Call) => {
  const project = wantedProject(call, ROLE.reporter);
  const label = found(call, project);
  atLeastOneOf(call.params, Object.keys(RULES));
  const { new_name: name, color, description, priority } = checkParams(call.params, RULES);
  return ok(
    entity(
      put(call, {
        ...label,
        name: name ?? label.name,
        color: color ?? label.color,
        description: description ?? label.description,
        priority: priority ?? label.priority,
      }),
    ),
  );
};

export const labelRoutes: readonly Route[] = [
  read('/projects/:id/labels', (call) => paged(call, labelsOf(call, wantedProject(call, ROLE.guest)), entity)),
  write('POST', '/projects/:id/labels', add),
  read('/projects/:id/labels/:label_id', (call) => ok(entity(found(call, wantedProject(call, ROLE.guest))))),
  write('PUT', '/projects/:id/labels/:label_id', edit),
  write('DELETE', '/projects/:id/labels/:label_id', (call) => {
    const label = found(call, wantedProject(call, ROLE.reporter));
    call.world.state.labels.delete(String(label.id));
    return noContent();
  }),
];
