/** All kinds of probes: those that ask any server, and those of the parts, in the order in which help shows them. */
import { probeKinds } from '../contracts/probe-kinds.ts';
import { allOfKind } from '../probes/all-of-kind.ts';
import { httpKind } from '../probes/http-kind.ts';
import { tcpKind } from '../probes/tcp-kind.ts';
import { PARTS } from './parts.ts';

export const PROBE_KINDS = probeKinds([tcpKind, httpKind, allOfKind, ...PARTS.flatMap(({ probes = [] }) => probes)]);
