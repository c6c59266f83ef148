import Docker from 'dockerode';

export type DockerAnswer =
  | { readonly answers: true; readonly version: string }
  | { readonly answers: false; readonly why: string };

const PING_WITHIN_MS = 2_000;

const reason = (error: unknown): string => {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'no Docker socket on this machine';
  if (code === 'ECONNREFUSED') return 'nothing listens on the Docker socket';
  if (code === 'EACCES') return 'no right to use the Docker socket';
  return code ?? message;
};

/** Asks the Docker Engine for its version; never throws, never takes longer than 2 s. */
export const pingDocker = async (): Promise<DockerAnswer> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<DockerAnswer>((resolve) => {
    timer = setTimeout(() => resolve({ answers: false, why: 'Docker gave no answer within 2 s' }), PING_WITHIN_MS);
  });
  const ask = async (): Promise<DockerAnswer> => {
    try {
      const { Version } = await new Docker({ timeout: PING_WITHIN_MS }).version();
      return { answers: true, version: Version };
    } catch (error) {
      return { answers: false, why: reason(error) };
    }
  };
  try {
    return await Promise.race([ask(), late]);
  } finally {
    clearTimeout(timer);
  }
};
