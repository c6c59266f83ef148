import Docker from 'dockerode';
import type { EngineVersion } from '../engine-version.ts';
import { type DockerEndpoint, dockerEndpoint } from './docker-endpoint.ts';
import { versionOf } from './version-of.ts';

export type DockerAnswer =
  | { readonly answers: true; readonly version: EngineVersion }
  | { readonly answers: false; readonly why: string };

const PING_WITHIN_MS = 2_000;

const reason = (error: unknown, local: boolean): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no Docker socket on this machine';
  if (code === 'ECONNREFUSED') return local ? 'nothing listens on the Docker socket' : 'nothing listens there';
  if (code === 'EACCES') return 'no right to use the Docker socket';
  return code ?? message;
};

/** Where another engine than the usual one was chosen, the error says which did not answer. */
const whence = ({ from, local, host }: DockerEndpoint): string => (local ? '' : ` (${from}: ${host})`);

/** Asks the Docker Engine for its version; never throws, never takes longer than 2 s. */
export const pingDocker = async (env: Readonly<Record<string, string | undefined>>): Promise<DockerAnswer> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DockerAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ answers: false, why: 'Docker gave no answer within 2 s' }), PING_WITHIN_MS);
  });
  const ask = async (): Promise<DockerAnswer> => {
    let endpoint: DockerEndpoint;
    try {
      endpoint = dockerEndpoint(env);
    } catch (refused) {
      return { answers: false, why: (refused as Error).message };
    }
    try {
      const said = await new Docker({ ...endpoint.options, timeout: PING_WITHIN_MS }).version();
      return { answers: true, version: versionOf(said) };
    } catch (error) {
      return { answers: false, why: `${reason(error, endpoint.local)}${whence(endpoint)}` };
    }
  };
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
};
