import { type Check, type CheckDeps, leftOut, PATIENCE_MS, passed } from '../../../contracts/check.ts';
import { jobsOf } from '../../../stack/jobs-of.ts';
import type { MongoReplicaSetSpec } from '../setup/spec.ts';

export const replicaSetChecks = ({ stack, services, inside, wake, ask }: CheckDeps): readonly Check[] =>
  jobsOf<MongoReplicaSetSpec>(stack, 'mongo-replica-set').map(({ set, members }) => ({
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
