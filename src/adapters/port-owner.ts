/** Which program listens on a port of this machine, as far as this user may see (Linux; elsewhere nobody is named). */
import { readdir, readlink } from 'node:fs/promises';
import { textOrNothing } from './read-bounded.ts';

/** State of a listening socket in /proc/net/tcp (man 5 proc_pid_net, `TCP_LISTEN`). */
const LISTENS = '0A';

/** A machine with more connections than fit shows nothing, bytes. */
const LARGEST = 16 * 1_048_576;

const textOf = (path: string): string => textOrNothing(path, LARGEST) ?? '';

/** Numbers of the sockets that listen on it: the tenth word of a line, after the local `address:port` in hexadecimal. */
const socketsOn = (port: number): ReadonlySet<string> => {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const tables = ['tcp', 'tcp6'].map((name) => textOf(`/proc/net/${name}`));
  const rows = tables.flatMap((text) => text.split('\n').map((line) => line.trim().split(/\s+/)));
  return new Set(
    rows
      .filter(([, local, , state]) => state === LISTENS && local?.endsWith(`:${hex}`) === true)
      .map(([, , , , , , , , , inode]) => `socket:[${inode}]`),
  );
};

const hasOpen = async (pid: string, sockets: ReadonlySet<string>): Promise<boolean> => {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const links = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return links.some((link) => sockets.has(link));
};

/** `python3 (pid 4711)`; undefined where that cannot be seen. */
export const portOwner = async (port: number): Promise<string | undefined> => {
  const sockets = socketsOn(port);
  if (sockets.size === 0) return undefined;
  const names = await readdir('/proc').catch(() => []);
  for (const pid of names.filter((name) => /^\d+$/.test(name))) {
    if (await hasOpen(pid, sockets)) return `${textOf(`/proc/${pid}/comm`).trim() || 'a program'} (pid ${pid})`;
  }
  return undefined;
};
