/**
 * Fills the volume that every container mounts at /opt/chatops. The program there brings its own C library and loader,
 * so it runs in any image of this CPU, with glibc, with musl or with neither.
 */
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { relocated } from './elf.ts';

export interface InstallOptions {
  /** Absolute, and no longer than `/opt/chatops`. */
  readonly target: string;
  /** The program as it stands in the image. */
  readonly program: string;
  /** The C library in the image. */
  readonly libraries: string;
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

export const installCommand = async ({ out }: Invocation, options: InstallOptions): Promise<number> => {
  const { target, program, libraries } = options;
  try {
    mkdirSync(join(target, 'lib'), { recursive: true });
    for (const name of readdirSync(libraries)) {
      const content = readFileSync(join(libraries, name));
      put(join(target, 'lib', name), content);
      if (name.startsWith('ld-linux')) put(join(target, LOADER), content);
    }
    const moved = relocated(readFileSync(program), { loader: join(target, LOADER), libraries: join(target, 'lib') });
    put(join(target, 'chatops-probe'), moved);
  } catch (cause) {
    if (cause instanceof ChatopsError) throw cause;
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
