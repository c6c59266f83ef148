/** Where the suites find the engine: its socket, or with CHATOPS_CONTAINERS_HOST=tcp a port, as one on another machine. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Before anything asks the engine: our programs and Docker's own then go where DOCKER_HOST says. */
export const reachEngine = async (): Promise<void> => {
  if (process.env.CHATOPS_CONTAINERS_HOST !== 'tcp' || process.env.DOCKER_HOST !== undefined) return;
  const proxy = spawn(process.execPath, [fileURLToPath(new URL('tcp-proxy.mjs', import.meta.url))], {
    // It ends when our end of its standard input does, however we end.
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [port] = (await once(proxy.stdout.setEncoding('utf8'), 'data')) as [string];
  proxy.unref();
  process.env.DOCKER_HOST = `tcp://127.0.0.1:${port.trim()}`;
  process.stderr.write(`the engine is reached over TCP: ${process.env.DOCKER_HOST}\n`);
};
