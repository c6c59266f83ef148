/** Everything that goes when a project goes. */
import type { Project } from '../model.ts';
import type { World } from '../world.ts';

export const removeProject = (world: World, project: Project): void => {
  const { state } = world;
  state.projects.delete(String(project.id));
  for (const hook of state.hooks.all())
    if (hook.owner.kind === 'project' && hook.owner.id === project.id) state.hooks.delete(String(hook.id));
  for (const member of state.members.all())
    if (member.source === 'project' && member.sourceId === project.id)
      state.members.delete(`project:${project.id}:${member.userId}`);
  for (const ref of state.refs.all())
    if (ref.projectId === project.id) state.refs.delete(`${project.id}:${ref.kind}:${ref.name}`);
  for (const job of state.jobs.all()) if (job.projectId === project.id) state.jobs.delete(String(job.id));
  for (const pipeline of state.pipelines.all())
    if (pipeline.projectId === project.id) state.pipelines.delete(String(pipeline.id));
  for (const variable of state.variables.all())
    if (variable.projectId === project.id) state.variables.delete(`${project.id}:${variable.key}`);
  for (const label of state.labels.all()) if (label.projectId === project.id) state.labels.delete(String(label.id));
  world.repositories.remove(project);
};
