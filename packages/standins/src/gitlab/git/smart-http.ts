/**
 * Git's smart HTTP (gitprotocol-http): served by the machine's own git. A fetch takes a running job's token or an access
 * token as password, a push an access token. Without git on PATH the paths do not exist.
 */
import { gunzipSync } from 'node:zlib';
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import { maySeeProject, projectByIdOrPath, projectLevel, ROLE } from '../access.ts';
import { findToken, isActive } from '../http/auth.ts';
import type { Caller } from '../http/route.ts';
import type { Project, User } from '../model.ts';
import { digestOf } from '../state.ts';
import type { World } from '../world.ts';
import { followPush, refsIn } from './pushed.ts';
import { runGit } from './run-git.ts';

const decoded = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

const passwordOf = (request: StandinRequest): string | undefined => {
  const [, encoded] = /^Basic\s+(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  return text.slice(text.indexOf(':') + 1);
};

const isRunningJobsToken = (world: World, project: Project, password: string): boolean => {
  const digest = digestOf(password);
  return world.state.jobs
    .all()
    .some((job) => job.tokenDigest === digest && job.status === 'running' && job.projectId === project.id);
};

/** Who a password is of; undefined where GitLab lets nobody in by it. */
const callerOf = (world: World, password: string): Caller | undefined => {
  const token = findToken(world, password);
  const user = token === undefined ? undefined : world.state.users.get(String(token.userId));
  if (token === undefined || user === undefined || !isActive(token, world.time.now())) return undefined;
  const scoped = ['api', 'read_repository', 'write_repository'].some((scope) => token.scopes.includes(scope));
  return scoped ? { user, token, isAdmin: user.admin } : undefined;
};

const NO_CACHE = { 'Cache-Control': 'no-cache, max-age=0, must-revalidate' };
const packetLine = (text: string) => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

type Service = 'git-upload-pack' | 'git-receive-pack';

/** A pack is unpacked, however large: the store reads loose objects. */
const COMMANDS: Readonly<Record<Service, readonly string[]>> = {
  'git-upload-pack': ['upload-pack'],
  'git-receive-pack': ['-c', 'receive.unpackLimit=1000000', 'receive-pack'],
};

const advertise = async (service: Service, dir: string, protocol: string): Promise<StandinReply> => {
  const words = [...COMMANDS[service], '--stateless-rpc', '--advertise-refs', dir];
  const refs = await runGit(words, Buffer.alloc(0), protocol);
  const head = Buffer.from(`${packetLine(`# service=${service}\n`)}0000`);
  const headers = { ...NO_CACHE, 'Content-Type': `application/x-${service}-advertisement` };
  return { status: 200, headers, body: Buffer.concat([head, refs]) };
};

const bodyOf = (request: StandinRequest): Buffer =>
  request.headers['content-encoding'] === 'gzip' ? gunzipSync(request.body) : request.body;

const carryOut = async (service: Service, dir: string, input: Buffer, protocol: string): Promise<StandinReply> => {
  const body = await runGit([...COMMANDS[service], '--stateless-rpc', dir], input, protocol);
  return { status: 200, headers: { ...NO_CACHE, 'Content-Type': `application/x-${service}-result` }, body };
};

const denied = (): StandinReply => ({
  status: 401,
  headers: { 'WWW-Authenticate': 'Basic realm="GitLab"', 'Content-Type': 'text/plain' },
  body: 'HTTP Basic: Access denied\n',
});

/** Also of a project that is there and hidden from the caller (gl:lib/gitlab/git_access_project.rb). */
const notFound = (): StandinReply => ({
  status: 404,
  headers: { 'Content-Type': 'text/plain' },
  body: "The project you were looking for could not be found or you don't have permission to view it.",
});

const mayNotPush = (): StandinReply => ({
  status: 403,
  headers: { 'Content-Type': 'text/plain' },
  body: 'You are not allowed to push code to this project.',
});

/** What git asks for: a service, and whether first what there is. */
interface Asked {
  readonly service: Service;
  readonly advertises: boolean;
}

const askedOf = (request: StandinRequest, last: string): Asked => {
  const service = last === 'info/refs' ? request.query.get('service') : last;
  // A client of the dumb protocol names no service and is given what a fetch is.
  if (service === 'git-receive-pack') return { service, advertises: last === 'info/refs' };
  return { service: 'git-upload-pack', advertises: last === 'info/refs' };
};

const serve = async (
  world: World,
  project: Project,
  request: StandinRequest,
  { service, advertises }: Asked,
): Promise<StandinReply> => {
  const dir = world.repositories.gitDir(project);
  const protocol = request.headers['git-protocol'] ?? '';
  try {
    if (advertises) return await advertise(service, dir, protocol);
    return await carryOut(service, dir, bodyOf(request), protocol);
  } catch {
    return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'git is not on PATH here\n' };
  }
};

const takePush = async (
  world: World,
  project: Project,
  request: StandinRequest,
  asked: Asked,
  by: User,
): Promise<StandinReply> => {
  const reply = await serve(world, project, request, asked);
  if (reply.status === 200 && !asked.advertises) await followPush(world, by, project, refsIn(bodyOf(request)));
  return reply;
};

const mayPush = (world: World, { user, token, isAdmin }: Caller, project: Project): boolean =>
  ['api', 'write_repository'].some((scope) => token.scopes.includes(scope)) &&
  (isAdmin || projectLevel(world, user, project) >= ROLE.developer);

/** Undefined: not a path of git's. */
export const gitReply = async (world: World, request: StandinRequest): Promise<StandinReply | undefined> => {
  const [, path, last = ''] = /^\/(.+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(request.path) ?? [];
  if (path === undefined) return undefined;
  const asked = askedOf(request, last);
  const pushes = asked.service === 'git-receive-pack';
  const password = passwordOf(request);
  if (password === undefined) return denied();
  const project = projectByIdOrPath(world, decoded(path));
  if (project !== undefined && isRunningJobsToken(world, project, password))
    return pushes ? mayNotPush() : serve(world, project, request, asked);
  const caller = callerOf(world, password);
  if (caller === undefined) return denied();
  if (project === undefined || !maySeeProject(world, caller, project)) return notFound();
  if (!pushes) return serve(world, project, request, asked);
  return mayPush(world, caller, project) ? takePush(world, project, request, asked, caller.user) : mayNotPush();
};
