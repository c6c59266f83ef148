/** The network as its containers see it: the probe of the volume of tools is run inside each. */

import type { NetworkView, Presence, ReachAnswer } from '../../contracts/engine.ts';
import { parseReachLine } from '../../prober/reach-lines.ts';
import type { Endpoint } from '../../stack/stack.ts';
import { type ComposeProject, networkNamesOf } from './compose.ts';
import type { ContainerFacts, Containers } from './containers.ts';
import type { Roster } from './roster.ts';

/** Mounted in every service. */
const PROBE = '/opt/chatops/chatops-probe';
/** The probe gives every name and every connection two seconds, all at once; the rest is for starting it. */
const WITHIN_MS = 15_000;
const LONGEST_SAID = 200;

export interface NetworkViewOptions {
  readonly containers: Pick<Containers, 'hold'>;
  readonly roster: Pick<Roster, 'renew' | 'find'>;
  readonly project: ComposeProject;
}

/** Resolves when the time is over; rejects when aborted. */
const late = (signal: AbortSignal): Promise<'late'> =>
  new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    AbortSignal.timeout(WITHIN_MS).addEventListener('abort', () => resolve('late'), { once: true });
  });

const said = (text: string): string => text.trim().replaceAll(/\s+/g, ' ').slice(0, LONGEST_SAID) || 'nothing';

const reachFrom = async (
  id: string,
  targets: readonly Endpoint[],
  containers: Pick<Containers, 'hold'>,
  signal: AbortSignal,
): Promise<ReachAnswer> => {
  let text = '';
  const words = targets.map(({ service, port }) => `${service}:${port}`);
  try {
    const program = await containers.hold(id, [PROBE, 'reach', ...words, '--json'], (chunk) => {
      text += chunk;
    });
    const end = await Promise.race([program.ended, late(signal)]).finally(() => program.close());
    if (end === 'late') return { kind: 'not-asked', why: `its probe did not end within ${WITHIN_MS / 1_000} s` };
  } catch (thrown) {
    signal.throwIfAborted();
    return { kind: 'not-asked', why: (thrown as Error).message };
  }
  const reached = parseReachLine(text, targets.length);
  return reached ? { kind: 'asked', reached } : { kind: 'not-asked', why: `its probe said: ${said(text)}` };
};

export const createNetworkView = ({ containers, roster, project }: NetworkViewOptions): NetworkView => {
  const presenceOf = ({ service, state, exitCode, networks }: ContainerFacts): Presence => {
    const wanted = project.services[service];
    return {
      running: state === 'running',
      says: state === 'exited' ? `exited with ${exitCode}` : state,
      lacks: (wanted ? networkNamesOf(wanted, project) : []).filter((name) => !(name in networks)),
      addresses: Object.values(networks).filter((address) => address !== ''),
    };
  };
  return {
    presences: async () => {
      const services = (await roster.renew()).filter(({ oneOff }) => !oneOff);
      return new Map(services.map((each) => [each.service, presenceOf(each)] as const));
    },
    reach: async (service, targets, signal) => {
      signal.throwIfAborted();
      const container = await roster.find(service);
      if (container === undefined) return { kind: 'not-asked', why: 'it has no container' };
      return reachFrom(container.id, targets, containers, signal);
    },
  };
};
