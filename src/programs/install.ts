/**
 * Fills the volume that every container mounts at /opt/chatops. The program there brings its own C library and loader,
 * so it runs in any image of this CPU, with glibc, with musl or with neither.
 */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { EXIT } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { ToolsFiles } from '../tools-image/layer.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { relocated } from './elf.ts';

export interface InstallOptions {
  /** Absolute: the folder to fill. */
  readonly target: string;
  /** Absolute, at most 21 characters: where the folder will be when the program runs. Default: the target. */
  readonly runsIn?: string;
  /** Read when it is needed. */
  readonly files: () => Promise<ToolsFiles>;
}

const LOADER = 'ld.so';

/** Whole or not at all: a HEALTHCHECK that starts meanwhile finds the old program or the new one. */
const put = (path: string, content: Buffer): void => {
  if (existsSync(path) && readFileSync(path).equals(content)) return;
  const beside = `${path}.new`;
  writeFileSync(beside, content);
  chmodSync(beside, 0o755);
  renameSync(beside, path);
};

export const installCommand = async ({ out }: Pick<Invocation, 'out'>, options: InstallOptions): Promise<number> => {
  const { target, runsIn = target, files } = options;
  const { program, libraries } = await files();
  // Before anything is written: a path that is too long for the program is refused.
  const moved = relocated(program, { loader: posix.join(runsIn, LOADER), libraries: posix.join(runsIn, 'lib') });
  try {
    mkdirSync(join(target, 'lib'), { recursive: true });
    for (const [name, content] of libraries) {
      put(join(target, 'lib', name), content);
      if (name.startsWith('ld-linux')) put(join(target, LOADER), content);
    }
    put(join(target, 'chatops-probe'), moved);
  } catch (cause) {
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `${target} cannot be filled`,
      why: (cause as NodeJS.ErrnoException).code ?? String(cause),
      next: 'free some space for volumes; `docker system df` shows who takes it',
      cause,
    });
  }
  out(`installed chatops-probe in ${target}\n`);
  return EXIT.ok;
};
