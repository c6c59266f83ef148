import { type Check, type CheckDeps, leftOut, PATIENCE_MS, passed } from '../../../contracts/check.ts';
import { type ProbeKinds, singlesOf } from '../../../contracts/probe-kinds.ts';
import type { ProbeSpec, ServiceNode } from '../../../stack/stack.ts';

/** The front door's own kind of question: at its published port it is asked as a browser would. */
const isVhost = (spec: ProbeSpec): spec is ProbeSpec & { readonly host: string } =>
  spec.what === 'nginx-vhost' && typeof spec.host === 'string';

const vhostsIn = (probes: ProbeKinds, { usable }: ServiceNode): readonly (ProbeSpec & { readonly host: string })[] =>
  singlesOf(probes, usable)
    .map(({ spec }) => spec)
    .filter(isVhost);

/** Each virtual host answers at its public address with its own back end's signature. */
export const virtualHostChecks = ({ stack, probes, services, wake, ask, inside }: CheckDeps): readonly Check[] => {
  const { http, https, outer } = stack.door;
  const door = { service: 'nginx', port: https ?? http };
  const own = https === undefined ? 'http' : 'https';
  const scheme = inside ? own : (outer?.scheme ?? own);
  return services
    .filter(({ role }) => role === 'nginx')
    .flatMap((service) => vhostsIn(probes, service).map((spec) => ({ spec, service })))
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
