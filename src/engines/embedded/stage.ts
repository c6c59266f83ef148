/** The servers that play in this process, from their start to their end. */
import type { Ledger, RunningServer, ServerContext } from '@chatops-up/standins';
import type { PlayedService } from '../../contracts/engine.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { ServiceNode } from '../../stack/stack.ts';
import type { EmbeddedEngineOptions } from './options.ts';
import { fromStandin } from './stand-in-error.ts';

interface Playing {
  readonly service: ServiceNode;
  readonly server: RunningServer | undefined;
  readonly started: Promise<void>;
}

export interface Stage {
  /** The service as it was started; undefined for one that does not play. */
  playing(name: string): ServiceNode | undefined;
  /** @throws ChatopsError what keeps it from starting; INTERRUPTED once closed */
  play(service: ServiceNode): Promise<void>;
  halt(name: string): Promise<void>;
  /** Resolves with the reason when the server ends by itself. Never rejects. */
  crashed(name: string): Promise<string>;
  played(): readonly PlayedService[];
  /** Of every server of this run, also of those that were replaced or removed. */
  readonly ledgers: ReadonlyMap<string, Ledger>;
  /** Stops all of them; none is started any more. */
  close(): Promise<void>;
}

export const createStage = (
  contextOf: (service: ServiceNode) => ServerContext,
  { players, faults = {} }: Pick<EmbeddedEngineOptions, 'players' | 'faults'>,
): Stage => {
  const all = new Map<string, Playing>();
  const ledgers = new Map<string, Ledger>();
  let closed = false;

  const halt = async (name: string): Promise<void> => {
    const found = all.get(name);
    all.delete(name);
    // A server stopped in the middle of its start would open its port afterwards.
    await found?.started.catch(() => undefined);
    await found?.server?.stop();
  };

  return {
    ledgers,
    halt,
    playing: (name) => all.get(name)?.service,
    play: async (service) => {
      const { name, role } = service;
      try {
        const server = await players.roles[role]?.(contextOf(service));
        // Somebody who was still looking when another look failed; nobody would ever stop this server.
        if (closed) throw new ChatopsError('INTERRUPTED', { what: `${name} is not started any more` });
        for (const rule of faults[name] ?? []) server?.faults?.add(rule);
        if (server?.ledger) ledgers.set(name, server.ledger);
        const started = server?.start() ?? Promise.resolve();
        all.set(name, { service, server, started });
        await started;
      } catch (thrown) {
        throw fromStandin(thrown, players.real?.[role]);
      }
    },
    crashed: (name) => all.get(name)?.server?.crashed ?? new Promise<string>(() => undefined),
    played: () =>
      [...all.values()].flatMap(({ service, server }) =>
        server
          ? [
              {
                service: service.name,
                by: server.played,
                ...(server.ledger ? { requests: server.ledger.totals() } : {}),
              },
            ]
          : [],
      ),
    close: async () => {
      closed = true;
      // In the reverse order of their start: nobody is left asking a server that has gone.
      for (const name of [...all.keys()].reverse()) await halt(name);
    },
  };
};
