import type { JobNode } from '../../stack/stack.ts';
import { type Check, leftOut, passed } from '../check.ts';
import type { SmokeDeps } from '../deps.ts';
import { PATIENCE_MS } from './services.ts';

export const replicaSetChecks = ({ stack, services, inside, wake, ask }: SmokeDeps): readonly Check[] =>
  stack.nodes
    .filter((node): node is JobNode => node.kind === 'job')
    .flatMap(({ job }) => (job.job === 'mongo-replica-set' ? [job] : []))
    .map(({ set, members }) => ({
      area: 'services',
      name: `replica set ${set}`,
      run: async (signal) => {
        if (!inside) return leftOut("it can be asked inside the stack's network only");
        const nodes = services.filter(({ name }) => members.some(({ service }) => service === name));
        const reasons = await Promise.all(nodes.map((node) => wake(node, signal)));
        const [why] = reasons;
        if (why !== undefined && reasons.every((each) => each !== undefined)) return leftOut(why);
        return passed(await ask({ what: 'replica-set', set, members }, set, PATIENCE_MS, signal));
      },
    }));
