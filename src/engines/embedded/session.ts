/** One run over servers that play in this process. */
import { join } from 'node:path';
import { createSimulatedTime } from '@chatops-up/standins';
import type { EngineSession, ObservedService } from '../../contracts/engine.ts';
import type { Stack } from '../../stack/stack.ts';
import { createAddresses, createContexts } from './contexts.ts';
import { fingerprintOf } from './fingerprint.ts';
import type { LoopbackPorts } from './loopback-ports.ts';
import type { EmbeddedEngineOptions } from './options.ts';
import type { Records } from './records.ts';
import { createStage } from './stage.ts';
import { addToLedgerFile } from './write-ledger.ts';

export const createSession = (
  stack: Stack,
  ports: LoopbackPorts,
  records: Records,
  options: EmbeddedEngineOptions,
): EngineSession => {
  const addresses = createAddresses(ports);
  const time = createSimulatedTime(options.speed);
  const stage = createStage(createContexts({ stack, ports, addresses, time }, options), options);
  return {
    addresses,
    fingerprint: fingerprintOf,
    observe: async () =>
      new Map(
        records.all().map((service): readonly [string, ObservedService] => {
          const { name, usable } = service;
          const running = stage.playing(name) !== undefined;
          return [name, { name, running, fingerprint: fingerprintOf(service), usable }];
        }),
      ),
    start: async (service) => {
      const running = stage.playing(service.name);
      if (running && JSON.stringify(running) === JSON.stringify(service)) return;
      await stage.halt(service.name);
      records.put(service);
      await stage.play(service);
    },
    wake: async (name) => {
      const service = records.get(name);
      if (!service) return false;
      if (!stage.playing(name)) await stage.play(service);
      return true;
    },
    remove: async (name) => {
      await stage.halt(name);
      records.delete(name);
    },
    crashed: stage.crashed,
    played: stage.played,
    close: async () => {
      await stage.close();
      addToLedgerFile(join(options.dir, 'ledger.json'), stage.ledgers);
    },
  };
};
