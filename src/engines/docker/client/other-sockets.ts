/** Engines that speak Docker's API on a socket of their own, where Docker's command line does not look by itself. */
import { statSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import type { Environment } from './docker-endpoint.ts';

export interface OtherSocket {
  /** Whose: `Podman`. */
  readonly called: string;
  readonly path: string;
}

/**
 * Rootful before rootless, Linux before macOS. Sources: podman-system-service(1), Docker's pages on rootless mode and on
 * Docker Desktop, the FAQ of Colima, the pages of OrbStack and Rancher Desktop on their sockets.
 */
const known = (env: Environment): readonly OtherSocket[] => {
  const home = env.HOME ?? homedir();
  const runtime = env.XDG_RUNTIME_DIR ?? `/run/user/${userInfo().uid}`;
  return [
    { called: 'Podman', path: '/run/podman/podman.sock' },
    { called: 'Podman', path: join(runtime, 'podman/podman.sock') },
    { called: 'Docker (rootless)', path: join(runtime, 'docker.sock') },
    { called: 'Docker Desktop', path: join(home, '.docker/desktop/docker.sock') },
    { called: 'Docker Desktop', path: join(home, '.docker/run/docker.sock') },
    { called: 'Colima', path: join(home, '.colima/default/docker.sock') },
    { called: 'OrbStack', path: join(home, '.orbstack/run/docker.sock') },
    { called: 'Rancher Desktop', path: join(home, '.rd/docker.sock') },
    { called: 'Podman', path: join(home, '.local/share/containers/podman/machine/podman.sock') },
  ];
};

const isSocket = (path: string): boolean => {
  try {
    return statSync(path).isSocket();
  } catch {
    // It may not be looked at: then it is not for us.
    return false;
  }
};

/** The first that is there; undefined where there is none. Nothing is asked of it. */
export const otherSocket = (env: Environment): OtherSocket | undefined => known(env).find(({ path }) => isSocket(path));
