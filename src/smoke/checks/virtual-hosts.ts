import type { ProbeSpec } from '../../stack/stack.ts';
import { type Check, leftOut, passed } from '../check.ts';
import type { SmokeDeps } from '../deps.ts';
import { PATIENCE_MS } from './services.ts';

type VhostSpec = Extract<ProbeSpec, { what: 'nginx-vhost' }>;

const vhostsIn = (spec: ProbeSpec): readonly VhostSpec[] => {
  if (spec.what === 'all-of') return spec.probes.flatMap(vhostsIn);
  return spec.what === 'nginx-vhost' ? [spec] : [];
};

/** Each virtual host answers at its public address with its own back end's signature. */
export const virtualHostChecks = ({ stack, services, wake, ask }: SmokeDeps): readonly Check[] => {
  const { http, https } = stack.door;
  const door = { service: 'nginx', port: https ?? http };
  const scheme = https === undefined ? 'http' : 'https';
  return services
    .filter(({ role }) => role === 'nginx')
    .flatMap((service) => vhostsIn(service.ready).map((spec) => ({ spec, service })))
    .map(({ spec, service }) => ({
      area: 'front door',
      name: `virtual host ${spec.host}`,
      run: async (signal) => {
        const why = await wake(service, signal);
        if (why !== undefined) return leftOut(why);
        return passed(await ask({ ...spec, door, scheme }, spec.host, PATIENCE_MS, signal));
      },
    }));
};
