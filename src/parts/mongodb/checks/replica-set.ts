import { type Check, type CheckDeps, leftOut, PATIENCE_MS, passed } from '../../../contracts/check.ts';
import type { ProbeSpec, Stack } from '../../../stack/stack.ts';
import type { MongoReplicaSetSpec } from '../setup/spec.ts';

/** The sets of the stack, each with the question that shows it usable. */
const setsOf = ({ nodes }: Stack): readonly { readonly holds: ProbeSpec; readonly spec: MongoReplicaSetSpec }[] =>
  nodes.flatMap((node) =>
    node.kind === 'job' && node.job.job === 'mongo-replica-set' && node.holds
      ? [{ holds: node.holds, spec: node.job as MongoReplicaSetSpec }]
      : [],
  );

export const replicaSetChecks = ({ stack, services, inside, wake, ask }: CheckDeps): readonly Check[] =>
  setsOf(stack).map(({ holds, spec: { set, members } }) => ({
    area: 'services',
    name: `replica set ${set}`,
    run: async (signal) => {
      if (!inside) return leftOut("it can be asked inside the stack's network only");
      const nodes = services.filter(({ name }) => members.some(({ service }) => service === name));
      const reasons = await Promise.all(nodes.map((node) => wake(node, signal)));
      const [why] = reasons;
      if (why !== undefined && reasons.every((each) => each !== undefined)) return leftOut(why);
      return passed(await ask(holds, set, PATIENCE_MS, signal));
    },
  }));
