/** The services that exist, as they were last started: what a container engine would know. Holds no secret. */
import { renameSync, writeFileSync } from 'node:fs';
import type { ProbeSpec, ServiceNode } from '../../stack/stack.ts';
import { hasTexts, isListOf, isRecord } from '../../values/shape.ts';
import { isPort } from './loopback-ports.ts';
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

/** Version 0.1 knew one question, and called it `ready`: what made the service usable. */
type Before = Omit<ServiceNode, 'usable' | 'ready'> & { readonly ready: ProbeSpec; readonly usable?: undefined };
type Written = ServiceNode | Before;

/** As far as an earlier version wrote it too, and a service is let run by it. */
const isService = (value: unknown): value is Written =>
  hasTexts(value, 'name', 'role') &&
  value.kind === 'service' &&
  isListOf(value.gates, (gate) => hasTexts(gate, 'node', 'until')) &&
  hasTexts(value.usable ?? value.ready, 'what') &&
  isContainer(value.container);

const isRecords = (value: unknown): value is readonly Written[] => isListOf(value, isService);

const upToDate = (written: Written): ServiceNode => {
  if (written.usable) return written;
  const { ready: usable, ...service } = written;
  return { ...service, usable };
};

/** @throws ChatopsError STATE_DAMAGED */
export const openRecords = (path: string): Records => {
  const services = new Map(
    (readStateFile(path, isRecords) ?? []).map(upToDate).map((service) => [service.name, service]),
  );
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
