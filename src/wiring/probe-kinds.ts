/** All kinds of probes: those that ask any server, and those of the parts, in the order in which help shows them. */
import type { Part } from '../contracts/part.ts';
import { type ProbeKinds, probeKinds } from '../contracts/probe-kinds.ts';
import { allOfKind } from '../probes/all-of-kind.ts';
import { httpKind } from '../probes/http-kind.ts';
import { tcpKind } from '../probes/tcp-kind.ts';
import { PARTS } from './parts.ts';

export const probeKindsOf = (parts: readonly Part[]): ProbeKinds =>
  probeKinds([tcpKind, httpKind, allOfKind, ...parts.flatMap(({ probes = [] }) => probes)]);

/** Those of our own parts. */
export const PROBE_KINDS = probeKindsOf(PARTS);
