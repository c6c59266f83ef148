/** The services that exist, as they were last started: what a container engine would know. Holds no secret. */
import { renameSync, writeFileSync } from 'node:fs';
import type { ServiceNode } from '../../stack/stack.ts';
import { hasTexts, isListOf, isRecord } from '../../values/shape.ts';
import { isPort } from './places.ts';
import { readStateFile } from './read-state-file.ts';

export interface Records {
  all(): readonly ServiceNode[];
  get(name: string): ServiceNode | undefined;
  put(service: ServiceNode): void;
  delete(name: string): void;
}

const isContainer = (value: unknown): boolean =>
  hasTexts(value, 'image') &&
  isRecord(value.environment) &&
  isListOf(value.listens, isPort) &&
  isRecord(value.publishes) &&
  Object.values(value.publishes).every(isPort);

/** As far as an earlier version wrote it too, and a service is let run by it. */
const isService = (value: unknown): value is ServiceNode =>
  hasTexts(value, 'name', 'role') &&
  value.kind === 'service' &&
  isListOf(value.gates, (gate) => hasTexts(gate, 'node', 'until')) &&
  hasTexts(value.ready, 'what') &&
  isContainer(value.container);

const isRecords = (value: unknown): value is readonly ServiceNode[] => isListOf(value, isService);

/** @throws ChatopsError STATE_DAMAGED */
export const openRecords = (path: string): Records => {
  const services = new Map((readStateFile(path, isRecords) ?? []).map((service) => [service.name, service]));
  const save = (): void => {
    writeFileSync(`${path}.new`, `${JSON.stringify([...services.values()], null, 2)}\n`);
    renameSync(`${path}.new`, path);
  };
  return {
    all: () => [...services.values()],
    get: (name) => services.get(name),
    put: (service) => {
      const before = JSON.stringify(services.get(service.name));
      if (before === JSON.stringify(service)) return;
      services.set(service.name, service);
      save();
    },
    delete: (name) => {
      if (services.delete(name)) save();
    },
  };
};
