/**
 * Git's smart HTTP for a job's fetch (gitprotocol-http): served by the machine's own git, with a running job's token or
 * an access token as password. Without git on PATH the paths do not exist.
 */
import { spawn } from 'node:child_process';
import { gunzipSync } from 'node:zlib';
import type { StandinReply, StandinRequest } from '../../kit/http-standin.ts';
import { maySeeProject, projectByIdOrPath } from '../access.ts';
import { findToken, isActive } from '../http/auth.ts';
import type { Caller } from '../http/route.ts';
import type { Project } from '../model.ts';
import { digestOf } from '../state.ts';
import type { World } from '../world.ts';

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

const runGit = (args: readonly string[], input: Buffer, protocol: string): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const git = spawn('git', [...args], {
      env: { ...process.env, GIT_PROTOCOL: protocol, GIT_CONFIG_NOSYSTEM: '1' },
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const chunks: Buffer[] = [];
    git.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    git.on('error', reject);
    git.on('close', () => resolve(Buffer.concat(chunks)));
    // git may end before it has read all: then its output says why.
    git.stdin.on('error', () => undefined);
    git.stdin.end(input);
  });

const NO_CACHE = { 'Cache-Control': 'no-cache, max-age=0, must-revalidate' };
const packetLine = (text: string) => `${(text.length + 4).toString(16).padStart(4, '0')}${text}`;

const advertise = async (dir: string, protocol: string): Promise<StandinReply> => {
  const refs = await runGit(['upload-pack', '--stateless-rpc', '--advertise-refs', dir], Buffer.alloc(0), protocol);
  const head = Buffer.from(`${packetLine('# service=git-upload-pack\n')}0000`);
  const headers = { ...NO_CACHE, 'Content-Type': 'application/x-git-upload-pack-advertisement' };
  return { status: 200, headers, body: Buffer.concat([head, refs]) };
};

const upload = async (dir: string, request: StandinRequest, protocol: string): Promise<StandinReply> => {
  const input = request.headers['content-encoding'] === 'gzip' ? gunzipSync(request.body) : request.body;
  const body = await runGit(['upload-pack', '--stateless-rpc', dir], input, protocol);
  return { status: 200, headers: { ...NO_CACHE, 'Content-Type': 'application/x-git-upload-pack-result' }, body };
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

const serve = async (
  world: World,
  project: Project,
  request: StandinRequest,
  service: string,
): Promise<StandinReply> => {
  const dir = world.repositories.gitDir(project);
  const protocol = request.headers['git-protocol'] ?? '';
  try {
    return service === 'info/refs' ? await advertise(dir, protocol) : await upload(dir, request, protocol);
  } catch {
    return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: 'git is not on PATH here\n' };
  }
};

/** Undefined: not a path of git's. */
export const gitReply = async (world: World, request: StandinRequest): Promise<StandinReply | undefined> => {
  const [, path, service] = /^\/(.+)\.git\/(info\/refs|git-upload-pack|git-receive-pack)$/.exec(request.path) ?? [];
  if (path === undefined || service === undefined) return undefined;
  const pushes = service === 'git-receive-pack' || request.query.get('service') === 'git-receive-pack';
  if (pushes)
    return {
      status: 403,
      headers: { 'Content-Type': 'text/plain' },
      body: 'This stand-in takes commits by its API only.\n',
    };
  const password = passwordOf(request);
  if (password === undefined) return denied();
  const project = projectByIdOrPath(world, decoded(path));
  if (project !== undefined && isRunningJobsToken(world, project, password))
    return serve(world, project, request, service);
  const caller = callerOf(world, password);
  if (caller === undefined) return denied();
  return project !== undefined && maySeeProject(world, caller, project)
    ? serve(world, project, request, service)
    : notFound();
};
