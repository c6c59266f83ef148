import type { CompositeKind } from '../contracts/probe-kind.ts';
import { type AllOfSpec, createAllOfProbe } from './all-of.ts';

export const allOfKind: CompositeKind<AllOfSpec> = {
  what: 'all-of',
  about: 'all its parts are ready; the first that is not answers',
  example: { what: 'all-of', probes: [{ what: 'tcp', endpoint: { service: 'prober', port: 9099 } }] },
  parts: ({ probes }) => probes,
  join: createAllOfProbe,
};
