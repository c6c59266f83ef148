/** Where the suites find the engine: its socket, or with CHATOPS_CONTAINERS_HOST=tcp a port, as one on another machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export const OVER_TCP = process.env.CHATOPS_CONTAINERS_HOST === 'tcp';

/**
 * An engine's socket on a port of loopback; for `DOCKER_HOST`. Ends with this process, however that ends.
 * @param enter words before the command line of what listens there. Default: none
 */
export const onTcp = async (socketPath: string, enter: readonly string[] = []): Promise<string> => {
  const listener = [process.execPath, fileURLToPath(new URL('tcp-proxy.mjs', import.meta.url)), socketPath];
  const [command = '', ...words] = [...enter, ...listener];
  const proxy = spawn(command, words, {
    // It ends when our end of its standard input does.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = (await once(proxy.stdout.setEncoding('utf8'), 'data')) as [string];
  proxy.unref();
  return `tcp://127.0.0.1:${port.trim()}`;
};

/** How the suites are to reach an engine of the test's own. */
export const hostOf = async (socketPath: string): Promise<string> =>
  OVER_TCP ? onTcp(socketPath) : `unix://${socketPath}`;

/** Before anything asks the engine: our programs and Docker's own then go where DOCKER_HOST says. */
export const reachEngine = async (): Promise<void> => {
  if (!OVER_TCP || process.env.DOCKER_HOST !== undefined) return;
  process.env.DOCKER_HOST = await onTcp('/var/run/docker.sock');
  process.stderr.write(`the engine is reached over TCP: ${process.env.DOCKER_HOST}\n`);
};
