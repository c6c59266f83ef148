import { readBounded } from '../../adapters/read-bounded.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { readJson } from '../../values/shape.ts';

/** Far above any state of ours, bytes. */
const LARGEST = 16 * 1024 * 1024;

const damaged = (path: string, why: string, cause?: unknown): ChatopsError =>
  new ChatopsError('STATE_DAMAGED', {
    what: `${path} cannot be read`,
    why,
    next: 'run `chatops-up down --volumes` to start afresh, or bring the file back from a copy',
    cause,
  });

/** @returns undefined when there is none @throws ChatopsError STATE_DAMAGED: also for what others have made of it */
export const readStateFile = <T>(path: string, isState: (value: unknown) => value is T): T | undefined => {
  const read = readBounded(path, LARGEST);
  if (read.kind === 'none') return undefined;
  if (read.kind !== 'text') throw damaged(path, read.kind === 'refused' ? read.why : 'it is larger than 16 MiB');
  const value = readJson(read.text);
  if (value === undefined) throw damaged(path, 'it is not JSON');
  if (isState(value)) return value;
  throw damaged(path, 'it is JSON, but not what was written there');
};
