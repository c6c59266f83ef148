import { statSync } from 'node:fs';
import type { EngineVersion } from '../engine-version.ts';
import { type DockerEndpoint, dockerEndpoint, type Environment } from './docker-endpoint.ts';
import { otherSocket } from './other-sockets.ts';
import { versionOf } from './version-of.ts';

export type DockerAnswer =
  | { readonly answers: true; readonly version: EngineVersion }
  | {
      readonly answers: false;
      readonly why: string;
      /** Something is there that does not let us in, or is too slow. Default false. */
      readonly isThere?: boolean;
      /** What helps, where that is known. */
      readonly next?: string;
    };

type Silence = Omit<Extract<DockerAnswer, { answers: false }>, 'answers'>;

const PING_WITHIN_MS = 2_000;

const TOO_SLOW: Silence = {
  why: 'Docker gave no answer within 2 s',
  isThere: true,
  next: 'look at it with `docker version`, and run the command again when that answers',
};

const NO_RIGHT: Silence = {
  why: 'no right to use the Docker socket',
  isThere: true,
  next: 'put yourself into its group (`sudo usermod -aG docker $USER`) and log in again, or run this as root',
};

const reason = (error: unknown, local: boolean): Silence => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return { why: 'no Docker socket on this machine' };
  if (code === 'ECONNREFUSED') return { why: local ? 'nothing listens on the Docker socket' : 'nothing listens there' };
  if (code === 'EACCES') return NO_RIGHT;
  return { why: code ?? message };
};

/** Nobody is at home where Docker's command line looks, and nothing says to look elsewhere: an engine may be there all the same. */
const elsewhere = (env: Environment, silence: Silence): Silence => {
  const found = otherSocket(env);
  if (found === undefined) return silence;
  return {
    why: `${silence.why}, and that of ${found.called} is not asked unless it is named`,
    next: `\`export DOCKER_HOST=unix://${found.path}\` names it, then run the command again`,
  };
};

const silenceOf = (error: unknown, { local, byDefault }: DockerEndpoint, env: Environment): Silence => {
  const silence = reason(error, local);
  return byDefault && silence.isThere !== true ? elsewhere(env, silence) : silence;
};

/** Where another engine than the usual one was chosen, the error says which did not answer. */
const whence = ({ from, local, host }: DockerEndpoint): string => (local ? '' : ` (${from}: ${host})`);

/**
 * Its client is loaded only where something may answer: it would be most of what a rehearsal loads. A named pipe (`//./pipe/…`)
 * is no file that can be looked at.
 */
const versionAt = async ({ options }: DockerEndpoint): Promise<EngineVersion> => {
  const { socketPath } = options;
  if (socketPath !== undefined && !socketPath.startsWith('//')) statSync(socketPath);
  const { default: Docker } = await import('dockerode');
  return versionOf(await new Docker({ ...options, timeout: PING_WITHIN_MS }).version());
};

/** Asks the Docker Engine for its version; never throws, never takes longer than 2 s. @param usual see `dockerEndpoint` */
export const pingDocker = async (env: Environment, usual?: string): Promise<DockerAnswer> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DockerAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ answers: false, ...TOO_SLOW }), PING_WITHIN_MS);
  });
  const ask = async (): Promise<DockerAnswer> => {
    let endpoint: DockerEndpoint;
    try {
      endpoint = dockerEndpoint(env, usual);
    } catch (refused) {
      return { answers: false, why: (refused as Error).message };
    }
    try {
      return { answers: true, version: await versionAt(endpoint) };
    } catch (error) {
      const silence = silenceOf(error, endpoint, env);
      return { answers: false, ...silence, why: `${silence.why}${whence(endpoint)}` };
    }
  };
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
};
