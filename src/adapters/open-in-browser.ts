import { spawn } from 'node:child_process';

/** What opens an address with the program that the user has chosen for it. */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  // Of a shell's own `start`, & in an address would end the command.
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};
/** https://www.freedesktop.org/wiki/Software/xdg-utils/ */
const ELSEWHERE = ['xdg-open'] as const;

/** @returns false where it cannot be started @param url of a stack: http or https */
export const openInBrowser = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const [program, ...args] = OPENERS[process.platform] ?? ELSEWHERE;
    const child = spawn(program, [...args, url], { detached: true, stdio: 'ignore' });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
