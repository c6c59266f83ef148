/** What a container reads from files of ours: its label changes with them, and so Compose replaces the container. */

import type { RenderedFile } from '../../contracts/renderer.ts';
import type { VolumeMount } from '../../stack/stack.ts';
import { sha256Hex } from '../../values/sha256.ts';
import type { Plain } from './text.ts';

const LABEL = 'io.chatops-up.files';

const isIn = (path: string, { source }: VolumeMount): boolean =>
  `./${path}` === source || `./${path}`.startsWith(`${source}/`);

/**
 * Empty when none of the mounts is a rendered file.
 * @param parts texts that the container reads out of files which also hold what is not its business
 */
export const filesLabel = (
  mounts: readonly VolumeMount[],
  rendered: readonly RenderedFile[],
  parts: readonly string[],
): Readonly<Record<string, Plain>> => {
  const read = rendered.filter(({ path }) => mounts.some((mount) => isIn(path, mount)));
  const lines = [...read.map(({ path, text }) => `${path} ${sha256Hex(text)}`).sort(), ...parts];
  if (lines.length === 0) return {};
  return { labels: { [LABEL]: sha256Hex(lines.join('\n')).slice(0, 12) } };
};
