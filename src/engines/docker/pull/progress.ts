/** Words on single layers → how far the image is. Pure. */

import type { PullProgress } from '../../../contracts/event-sink.ts';
import type { PullStep } from '../containers.ts';

interface Layer {
  readonly there: boolean;
  readonly received: number;
  readonly total: number;
}

export type Layers = ReadonlyMap<string, Layer>;

const UNKNOWN: Layer = { there: false, received: 0, total: 0 };

/** A download that has ended is no longer reported in bytes: all of its bytes are there. */
const after = (before: Layer, { state, received, total }: PullStep): Layer => {
  if (received !== undefined && total !== undefined) return { there: false, received, total };
  const isDownloaded = state === 'unpacking' || state === 'there';
  return { there: state === 'there', received: isDownloaded ? before.total : before.received, total: before.total };
};

export const withStep = (layers: Layers, step: PullStep): Layers =>
  new Map([...layers, [step.layer, after(layers.get(step.layer) ?? UNKNOWN, step)]]);

export const progressOf = (layers: Layers): PullProgress => {
  const all = [...layers.values()];
  return {
    layers: all.length,
    layersThere: all.filter(({ there }) => there).length,
    bytes: all.reduce((sum, { received }) => sum + received, 0),
    totalBytes: all.reduce((sum, { total }) => sum + total, 0),
  };
};
