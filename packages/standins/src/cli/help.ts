import { OPTIONS } from './options.ts';
import { SERVERS } from './servers.ts';

const columns = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}\n`).join('');
};

/** A line for each server: its name, and what it plays. */
export const listServers = (): string => columns(SERVERS.map(({ name, plays }) => [name, plays]));

const listOptions = (): string =>
  columns(
    Object.entries(OPTIONS).map(([name, facts]) => [
      `--${name}${'value' in facts ? ` ${facts.value}` : ''}`,
      `${facts.about}${'multiple' in facts ? '; may be repeated' : ''}`,
    ]),
  );

export const helpText =
  (): string => `Usage: chatops-standins <server> --port <port> [options] [-- arguments of the server]

Starts a server that answers as the vendor's does, as far as it goes. It is not the vendor's.

Servers:
${listServers()}
Options:
${listOptions()}
Every user of this machine can read the arguments of a program. Secrets are therefore taken from the environment
(--env GITLAB_ROOT_PASSWORD) and refused as --env NAME=value.

It ends in order on SIGTERM and SIGINT. Exit status: 0 ended when asked to, 1 failed, 64 wrong command line.
`;
