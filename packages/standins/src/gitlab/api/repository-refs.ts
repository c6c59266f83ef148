/** Branches and tags through the API (gl:lib/api/branches.rb, tags.rb). */
import { ROLE, wantedProject } from '../access.ts';
import { afterPush } from '../ci/push.ts';
import { commitEntity } from '../entities.ts';
import { isRefName, NO_COMMIT } from '../git/repositories.ts';
import { paged } from '../http/paging.ts';
import { checkParams } from '../http/params.ts';
import { created, noContent, notFound, ok, Refusal } from '../http/reply.ts';
import { type Call, type Route, read, write } from '../http/route.ts';
import type { Project, Ref } from '../model.ts';

const refused = (message: string) => new Refusal(400, { message });

const refEntity = (call: Call, project: Project, ref: Ref) => {
  const commit = call.world.repositories.find(project, ref.sha);
  const shown = commit === undefined ? null : commitEntity(call.world, project, commit);
  if (ref.kind === 'tag')
    return { name: ref.name, message: '', target: ref.sha, commit: shown, release: null, protected: false };
  const isDefault = ref.name === project.defaultBranch;
  return {
    name: ref.name,
    commit: shown,
    merged: false,
    protected: isDefault,
    developers_can_push: false,
    developers_can_merge: false,
    can_push: true,
    default: isDefault,
    web_url: `${call.world.externalUrl}/${project.fullPath}/-/tree/${ref.name}`,
  };
};

const label = (kind: Ref['kind']) => (kind === 'branch' ? 'Branch' : 'Tag');

const refRoutes = (kind: Ref['kind']): readonly Route[] => {
  const path = `/projects/:id/repository/${kind === 'branch' ? 'branches' : 'tags'}`;
  const refOfCall = (call: Call, project: Project): Ref => {
    const ref = call.world.repositories.ref(project, kind, String(call.params.name));
    if (ref === undefined) throw notFound(label(kind));
    return ref;
  };
  return [
    read(path, (call) => {
      const project = wantedProject(call, ROLE.guest);
      return paged(call, call.world.repositories.refs(project, kind), (ref) => refEntity(call, project, ref));
    }),
    read(`${path}/:name`, (call) => {
      const project = wantedProject(call, ROLE.guest);
      return ok(refEntity(call, project, refOfCall(call, project)));
    }),
    write('POST', path, (call) => {
      const project = wantedProject(call, ROLE.developer);
      const { ref } = checkParams(call.params, { ref: { type: 'string', required: true } });
      const name = String(call.params[kind === 'branch' ? 'branch' : 'tag_name'] ?? '');
      if (!isRefName(name)) throw refused(`${label(kind)} name is invalid`);
      if (call.world.repositories.ref(project, kind, name) !== undefined)
        throw refused(kind === 'branch' ? 'Branch already exists' : `Tag ${name} already exists`);
      const commit = call.world.repositories.resolve(project, ref);
      if (commit === undefined)
        throw refused(kind === 'branch' ? `Invalid reference name: ${ref}` : `Target ${ref} is invalid`);
      call.world.repositories.setRef(project, kind, name, commit.sha);
      const facts = { kind, name, before: NO_COMMIT, after: commit.sha, commits: [] };
      afterPush(call.world, call.caller.user, project, facts);
      return created(refEntity(call, project, { projectId: project.id, kind, name, sha: commit.sha }));
    }),
    write('DELETE', `${path}/:name`, (call) => {
      const project = wantedProject(call, ROLE.developer);
      const ref = refOfCall(call, project);
      call.world.repositories.dropRef(project, kind, ref.name);
      const facts = { kind, name: ref.name, before: ref.sha, after: NO_COMMIT, commits: [] };
      afterPush(call.world, call.caller.user, project, facts);
      return noContent();
    }),
  ];
};

export const repositoryRefRoutes: readonly Route[] = [...refRoutes('branch'), ...refRoutes('tag')];
