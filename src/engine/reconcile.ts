/** Desired against observed, for files and services: pure, every step with its cause. */
import type { Fingerprint, ObservedService } from '../contracts/engine.ts';
import type { ServiceNode } from '../stack/stack.ts';
import type { FileStep, ServiceStep } from './plan.ts';

export interface WantedFile {
  readonly path: string;
  readonly text: string;
}

const changedLines = (before: string, after: string): number => {
  const had = before.split('\n');
  const has = new Set(had);
  const wanted = after.split('\n');
  const wants = new Set(wanted);
  return wanted.filter((line) => !has.has(line)).length + had.filter((line) => !wants.has(line)).length;
};

/** @param seen path → text, or undefined when the file is not there */
export const reconcileFiles = (
  wanted: readonly WantedFile[],
  seen: ReadonlyMap<string, string | undefined>,
): readonly FileStep[] =>
  wanted.flatMap(({ path, text }): FileStep[] => {
    const before = seen.get(path);
    if (before === text) return [];
    if (before === undefined) return [{ path, action: 'create', cause: 'there is none yet' }];
    const lines = changedLines(before, text);
    return [{ path, action: 'update', cause: `the rendering differs in ${lines} line${lines === 1 ? '' : 's'}` }];
  });

/** Names of the aspects in which two fingerprints differ. */
export const differences = (wanted: Fingerprint, seen: Fingerprint): readonly string[] =>
  [...new Set([...Object.keys(wanted), ...Object.keys(seen)])]
    .filter((aspect) => wanted[aspect] !== seen[aspect])
    .sort();

export const reconcileServices = (
  wanted: readonly { readonly service: ServiceNode; readonly fingerprint: Fingerprint }[],
  seen: ReadonlyMap<string, ObservedService>,
): readonly ServiceStep[] => {
  const steps = wanted.flatMap(({ service, fingerprint }): ServiceStep[] => {
    const found = seen.get(service.name);
    const keeps = service.keeps === undefined ? {} : { keeps: service.keeps };
    if (!found) return [{ service: service.name, action: 'create', cause: 'there is none yet', ...keeps }];
    const differing = differences(fingerprint, found.fingerprint);
    return differing.length === 0
      ? []
      : [{ service: service.name, action: 'update', cause: `${differing.join(', ')} changed`, ...keeps }];
  });
  const names = new Set(wanted.map(({ service }) => service.name));
  const leftOver = [...seen.keys()].filter((name) => !names.has(name)).sort();
  return [
    ...steps,
    ...leftOver.map(
      (service): ServiceStep => ({ service, action: 'delete', cause: 'chatops.yaml no longer asks for it' }),
    ),
  ];
};
