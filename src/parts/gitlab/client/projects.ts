/** Groups, projects, their first file, pipelines. */
import { Commits, Groups, Pipelines, Projects, RepositoryFiles } from '@gitbeaker/rest';
import type { ForgeProject, NewFile } from '../../../contracts/forge.ts';
import type { ObjectId } from '../../../contracts/object-id.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { ciFile } from '../ci-file.ts';
import type { GitLabClient } from '../gitlab.ts';
import { fileSchema, groupSchema, pipelineSchema, projectSchema } from './schemas.ts';
import { type Session, unlessStatus } from './session.ts';

type ProjectsPart = Pick<
  GitLabClient,
  | 'findGroup'
  | 'findProject'
  | 'listProjects'
  | 'searchProjects'
  | 'createGroup'
  | 'createProject'
  | 'addFile'
  | 'addPipelineFile'
  | 'readFile'
  | 'changeFile'
  | 'createPipeline'
  | 'showPipeline'
>;

const lastName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const folderOf = (path: string): string | undefined =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : undefined;

const findGroup = async (session: Session, path: string, signal: AbortSignal) => {
  const found = await unlessStatus(404, () => new Groups(session.options(signal)).show(path, { withProjects: false }));
  return found === undefined ? undefined : session.parse(groupSchema, found, `group ${path}`);
};

const searchProjects = (session: Session, text: string, signal: AbortSignal): Promise<readonly ForgeProject[]> =>
  session.all(projectSchema, 'projects', (page) =>
    new Projects(session.options(signal)).all({ search: text, ...page } as never),
  );

const findProject = async (session: Session, path: string, signal: AbortSignal): Promise<ForgeProject | undefined> => {
  const projects = new Projects(session.options(signal));
  const found = await unlessStatus(404, () => projects.show(path));
  if (found !== undefined) return session.parse(projectSchema, found, `project ${path}`);
  // A proxy that decodes `%2F` makes every project 404 by its path; a search does not carry the path in the URL.
  const alike = await searchProjects(session, lastName(path), signal);
  return alike.find((each) => each.path.toLowerCase() === path.toLowerCase());
};

const folderId = async (session: Session, path: string, signal: AbortSignal): Promise<number | undefined> => {
  const folder = folderOf(path);
  if (folder === undefined) return undefined;
  const group = await findGroup(session, folder, signal);
  if (group) return group.id;
  throw new ChatopsError('UNEXPECTED_ANSWER', {
    what: `GitLab has no group ${folder} to make ${path} in`,
    next: 'run the command again',
  });
};

const commit = (
  session: Session,
  action: 'create' | 'update',
  project: ObjectId,
  { branch, message, path, content }: NewFile,
  signal: AbortSignal,
) => new Commits(session.options(signal)).create(project, branch, message, [{ action, filePath: path, content }]);

const addFile = async (session: Session, project: ObjectId, file: NewFile, signal: AbortSignal): Promise<void> => {
  await session.once<unknown>(
    signal,
    () => commit(session, 'create', project, file, signal),
    () => showFile(session, project, file.path, file.branch, signal),
  );
};

const showFile = (session: Session, project: ObjectId, path: string, branch: string, signal: AbortSignal) =>
  unlessStatus(404, () => new RepositoryFiles(session.options(signal)).show(project, path, branch));

const readFile = async (session: Session, project: ObjectId, path: string, branch: string, signal: AbortSignal) => {
  const found = await showFile(session, project, path, branch, signal);
  if (found === undefined) return undefined;
  const { content } = session.parse(fileSchema, found, `file ${path}`);
  return Buffer.from(content, 'base64').toString('utf8');
};

const changeFile = async (session: Session, project: ObjectId, file: NewFile, signal: AbortSignal): Promise<void> => {
  await session.once<unknown>(
    signal,
    () => commit(session, 'update', project, file, signal),
    async () => (await readFile(session, project, file.path, file.branch, signal)) === file.content || undefined,
  );
};

export const createProjectsPart = (session: Session): ProjectsPart => ({
  findGroup: (path, signal) => findGroup(session, path, signal),
  findProject: (path, signal) => findProject(session, path, signal),
  listProjects: (signal) =>
    session.all(projectSchema, 'projects', (page) =>
      // By offset: a keyset list has neither numbers nor `x-next-page`.
      new Projects(session.options(signal)).all({ orderBy: 'id', sort: 'asc', ...page } as never),
    ),
  searchProjects: (text, signal) => searchProjects(session, text, signal),
  createGroup: async (path, description, signal) => {
    const parentId = await folderId(session, path, signal);
    const name = lastName(path);
    return session.once(
      signal,
      async () => {
        const made = await new Groups(session.options(signal)).create(name, name, {
          description,
          ...(parentId === undefined ? {} : { parentId }),
        });
        return session.parse(groupSchema, made, `group ${path}`);
      },
      () => findGroup(session, path, signal),
    );
  },
  createProject: async (path, description, signal) => {
    const namespaceId = await folderId(session, path, signal);
    const name = lastName(path);
    return session.once(
      signal,
      async () => {
        const made = await new Projects(session.options(signal)).create({
          name,
          path: name,
          description,
          ...(namespaceId === undefined ? {} : { namespaceId }),
        });
        return session.parse(projectSchema, made, `project ${path}`);
      },
      () => findProject(session, path, signal),
    );
  },
  addFile: (project, file, signal) => addFile(session, project, file, signal),
  readFile: (project, path, branch, signal) => readFile(session, project, path, branch, signal),
  changeFile: (project, file, signal) => changeFile(session, project, file, signal),
  addPipelineFile: (project, file, signal) => addFile(session, project, ciFile(file), signal),
  createPipeline: async (project, ref, signal) => {
    // 400: no CI configuration, no job to run, no such branch.
    const made = await unlessStatus(400, () => new Pipelines(session.options(signal)).create(project, ref));
    return made === undefined ? undefined : session.parse(pipelineSchema, made, 'the pipeline');
  },
  // The contract's statuses are GitLab's own (docs.gitlab.com, "CI/CD pipelines").
  showPipeline: async (project, id, signal) =>
    session.parse(pipelineSchema, await new Pipelines(session.options(signal)).show(project, id), `pipeline ${id}`),
});
