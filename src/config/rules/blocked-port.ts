import { isBlockedPort } from '../../values/blocked-ports.ts';
import type { Finding } from '../finding.ts';
import type { Path } from '../path.ts';

const WHY = 'browsers refuse to connect to it, and so do programs that keep to the same list (ERR_UNSAFE_PORT)';

const blocked = (path: Path, port: number, fix: string): readonly Finding[] =>
  isBlockedPort(port) ? [{ path, message: `port ${port} is blocked: ${WHY}`, fix }] : [];

/** Nothing where the port will do. @param path where it stands */
export const browsersConnectTo = (path: Path, port: number): readonly Finding[] =>
  blocked(path, port, 'choose another port');

/** @param url as `SERVER_URL` has it; undefined: none is written. @param path where it stands */
export const browsersOpen = (path: Path, url: string | undefined): readonly Finding[] => {
  if (url === undefined) return [];
  if (!URL.canParse(url)) {
    const fix = 'write one such as https://git.example.org, with a port of 65535 at most';
    return [{ path, message: 'is no address that a program can read', fix }];
  }
  const port = Number(new URL(url).port);
  return blocked(
    path,
    port,
    'have that server listen on another port, or put a proxy before it, and write that address',
  );
};
