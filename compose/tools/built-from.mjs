/** Images that say what they were built from, so that nothing is built again whose parts are as they were. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';

/** The label of it. */
export const BUILT_FROM = 'io.chatops-up.built-from';

/** What is said of an image that stays as it is. */
export const UNCHANGED = 'is built from the same parts already';

/** @param {readonly (string | Uint8Array)[]} parts everything that goes into an image, in one order. @returns its digest */
export const contentOf = (parts) => {
  const hash = createHash('sha256');
  // With its length before it: what one part ends with cannot be taken for the beginning of the next.
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:`).update(part);
  return hash.digest('hex');
};

/** For `docker build` and the like. */
export const labelled = (content) => ['--label', `${BUILT_FROM}=${content}`];

/** For `docker import`, which takes instructions of a Dockerfile. */
export const changedBy = (content) => ['--change', `LABEL ${BUILT_FROM}=${content}`];

/** @returns the image's id and what it says it was built from; undefined when there is no such image */
export const imageThere = (image) => {
  try {
    const text = execFileSync('docker', ['image', 'inspect', image], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [{ Id, Config }] = JSON.parse(text);
    return { id: Id, builtFrom: Config?.Labels?.[BUILT_FROM] };
  } catch {
    return undefined;
  }
};

export const isBuiltFrom = (image, content) => imageThere(image)?.builtFrom === content;
