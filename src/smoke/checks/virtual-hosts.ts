import { frontDoorPorts } from '../../stack/services/nginx.ts';
import type { ProbeSpec } from '../../stack/stack.ts';
import { type Check, leftOut, passed } from '../check.ts';
import type { SmokeDeps } from '../deps.ts';
import { PATIENCE_MS } from './services.ts';

type VhostSpec = Extract<ProbeSpec, { what: 'nginx-vhost' }>;

const vhostsIn = (spec: ProbeSpec): readonly VhostSpec[] => {
  if (spec.what === 'all-of') return spec.probes.flatMap(vhostsIn);
  return spec.what === 'nginx-vhost' ? [spec] : [];
};

/** Each virtual host answers with its own back end's signature. */
export const virtualHostChecks = ({ stack, services, inside, wake, ask }: SmokeDeps): readonly Check[] => {
  const ports = frontDoorPorts(stack.config);
  const isPublished = ports.inside === ports.http;
  return services
    .filter(({ role }) => role === 'nginx')
    .flatMap((service) => vhostsIn(service.ready).map((spec) => ({ spec, service })))
    .map(({ spec, service }) => ({
      area: 'front door',
      name: `virtual host ${spec.host}`,
      run: async (signal) => {
        if (!inside && !isPublished) return leftOut('its port without TLS is not published');
        const why = await wake(service, signal);
        return why === undefined ? passed(await ask(spec, spec.host, PATIENCE_MS, signal)) : leftOut(why);
      },
    }));
};
