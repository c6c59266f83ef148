/** The services that exist, as they were last started: what a container engine would know. Holds no secret. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { ServiceNode } from '../../stack/stack.ts';

export interface Records {
  all(): readonly ServiceNode[];
  get(name: string): ServiceNode | undefined;
  put(service: ServiceNode): void;
  delete(name: string): void;
}

const read = (path: string): readonly ServiceNode[] => {
  if (!existsSync(path)) return [];
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as readonly ServiceNode[];
  } catch (cause) {
    throw new ChatopsError('STATE_DAMAGED', {
      what: `${path} is not JSON`,
      next: 'run `chatops-up down --volumes` to start afresh, or bring the file back from a copy',
      cause,
    });
  }
};

export const openRecords = (path: string): Records => {
  const services = new Map(read(path).map((service) => [service.name, service]));
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
