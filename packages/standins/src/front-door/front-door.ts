/**
 * nginx, played: does what the rendered nginx.conf says, and refuses to start over a directive it does not know.
 * Every request counts as traffic: what passes the door is counted where it arrives.
 */
import { createFaults } from '../kit/faults.ts';
import { createLedger } from '../kit/ledger.ts';
import type { RunningServer, ServerContext } from '../standin.ts';
import { StandinError } from '../standin-error.ts';
import { buildDoorConfig } from './config/build.ts';
import type { DoorConfig, Socket } from './config/model.ts';
import type { Exchange } from './request/exchange.ts';
import { injectFault } from './request/fault.ts';
import { type Door, handle } from './request/handle.ts';
import { createLimiter } from './request/limiter.ts';
import { closeSocket, type OpenSocket, openSocket } from './sockets.ts';

export { parseNginxConf } from './config/parse.ts';

export const CONFIG_PATH = 'nginx/nginx.conf';

/** @throws StandinError CONFIGURATION_MISSING when the service was given none */
export const readNginxConf = async (context: ServerContext): Promise<string> => {
  const text = await context.file(CONFIG_PATH);
  if (text !== undefined) return text;
  throw new StandinError('CONFIGURATION_MISSING', {
    what: `${context.service} has no configuration`,
    why: `there is no ${CONFIG_PATH}`,
    next: `write ${CONFIG_PATH}`,
  });
};

/** A loopback address stands as written; any other place means the port the engine gives for it. */
const placeOf = (socket: Socket, { ports, host = '127.0.0.1' }: ServerContext): { host: string; port: number } => {
  if (/^127\.|^::1$/.test(socket.address)) return { host: socket.address, port: socket.port };
  return { host, port: ports[socket.port] ?? socket.port };
};

export const createFrontDoorStandin = (context: ServerContext): RunningServer => {
  const ledger = createLedger();
  const faults = createFaults();
  let open: readonly OpenSocket[] = [];

  const serve = (door: Door) => (exchange: Exchange) => {
    const what = `${exchange.request.method} ${exchange.target.split('?')[0]}`;
    ledger.count('traffic', `${exchange.host} ${what}`);
    injectFault(faults.take(what), exchange, () => handle(exchange, door)).catch(() =>
      exchange.request.socket.destroy(),
    );
  };

  const openAll = async (config: DoorConfig): Promise<void> => {
    const door = { config, lookup: context.lookup, limiter: createLimiter(config) };
    for (const socket of config.sockets) {
      open = [...open, await openSocket(socket, placeOf(socket, context), config.keepAliveMs, serve(door))];
    }
  };

  const stop = async (): Promise<void> => {
    const closing = open;
    open = [];
    await Promise.all(closing.map(closeSocket));
  };

  return {
    service: context.service,
    played: 'stand-in',
    start: async () => {
      try {
        await openAll(buildDoorConfig(await readNginxConf(context)));
      } catch (thrown) {
        await stop();
        throw thrown;
      }
    },
    stop,
    ledger,
    faults,
    crashed: new Promise(() => undefined),
  };
};
