/** Images fetched by dockerode, layer by layer. */
import type Docker from 'dockerode';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Containers, PullStep } from '../containers.ts';
import { credentialsFor } from './registry-credentials.ts';

/** A line of `POST /images/create` (Engine API, "Create an image"), as far as it is read. */
interface Line {
  readonly id?: string;
  readonly status?: string;
  readonly progressDetail?: { readonly current?: number; readonly total?: number };
}

const STATES: Readonly<Record<string, PullStep['state']>> = {
  'Pulling fs layer': 'waiting',
  Waiting: 'waiting',
  Downloading: 'downloading',
  'Verifying Checksum': 'downloading',
  'Download complete': 'unpacking',
  Extracting: 'unpacking',
  'Pull complete': 'there',
  'Already exists': 'there',
};

/** Undefined for what says nothing of a layer: `Pulling from library/debian` names the tag in the same place. */
const stepOf = ({ id, status = '', progressDetail }: Line): PullStep | undefined => {
  const state = STATES[status];
  if (id === undefined || state === undefined) return undefined;
  const { current, total } = progressDetail ?? {};
  const isDownload = status === 'Downloading' && current !== undefined && total !== undefined;
  return { layer: id, state, ...(isDownload ? { received: current, total } : {}) };
};

/** `Digest: sha256:…`, said once, of what the name stands for. */
const digestOf = ({ status = '' }: Line): string | undefined => /^Digest: (sha256:[0-9a-f]{64})$/.exec(status)?.[1];

const refused = (reference: string, thrown: unknown): ChatopsError => {
  // dockerode's: `(HTTP code 404) no such image - <the engine's words>`.
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const said = message.replace(/^\(HTTP code \d+\) [^-]*- /, '').trim();
  return new ChatopsError('IMAGE_MISSING', {
    what: `image ${reference} is not here and cannot be fetched`,
    why: said,
    cause: thrown,
  });
};

export const pullImage = async (
  docker: Docker,
  ...[reference, onStep, signal]: Parameters<Containers['pull']>
): ReturnType<Containers['pull']> => {
  signal.throwIfAborted();
  const authconfig = await credentialsFor(reference, process.env);
  try {
    const stream = await docker.pull(reference, { abortSignal: signal, ...(authconfig ? { authconfig } : {}) });
    let digest: string | undefined;
    await new Promise<void>((resolve, reject) => {
      docker.modem.followProgress(
        stream,
        (error) => (error ? reject(error) : resolve()),
        (line: Line) => {
          const step = stepOf(line);
          if (step) onStep(step);
          digest ??= digestOf(line);
        },
      );
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    return digest;
  } catch (thrown) {
    signal.throwIfAborted();
    throw refused(reference, thrown);
  }
};
