/**
 * PostgreSQL refuses to run as root ("root" execution of the PostgreSQL server is not permitted). Where we are root, it
 * runs as nobody, who owns its data. The folders above may be closed to everybody but root, so it keeps the one
 * capability that passes them (capabilities(7), CAP_DAC_OVERRIDE); setpriv is part of util-linux.
 */
import { chownSync } from 'node:fs';
import { findProgram } from '../../../adapters/find-program.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';

/** nobody and nogroup, of Debian and its kin. */
const NOBODY = 65_534;

/**
 * The words before those of a program that must not be root; none where we are not.
 * @throws ChatopsError SERVICE_FAILED where we are root, and cannot be somebody else
 */
export const asSomebodyElse = (env: Readonly<Record<string, string | undefined>>): readonly string[] => {
  if (process.getuid?.() !== 0) return [];
  const setpriv = findProgram('setpriv', 'CHATOPS_SETPRIV', env);
  if (setpriv === undefined) {
    throw new ChatopsError('SERVICE_FAILED', {
      what: 'PostgreSQL cannot be started',
      why: 'it refuses to run as root, and there is no setpriv to run it as somebody else',
      next: 'run chatops-up as another user, or install util-linux',
    });
  }
  return [
    setpriv,
    ...[`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'],
    ...['--inh-caps=+dac_override', '--ambient-caps=+dac_override'],
  ];
};

/** Gives a folder to who runs it. */
export const giveAway = (folder: string): void => {
  if (process.getuid?.() === 0) chownSync(folder, NOBODY, NOBODY);
};
