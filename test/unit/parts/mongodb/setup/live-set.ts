/** The job over real sockets: our adapter on one side, stand-ins of mongod on the other. */
import { createClock } from '../../../../../src/adapters/clock.ts';
import { clientsOf, type Ports, provide } from '../../../../../src/contracts/ports.ts';
import { type JobOutcome, runJob } from '../../../../../src/engine/run-job.ts';
import { createMongo } from '../../../../../src/parts/mongodb/client/mongo.ts';
import { MONGO, type MongoPort } from '../../../../../src/parts/mongodb/mongo.ts';
import { createReplicaSetJob } from '../../../../../src/parts/mongodb/setup/job.ts';
import type { MongoReplicaSetSpec } from '../../../../../src/parts/mongodb/setup/spec.ts';
import { Secret } from '../../../../../src/values/secret.ts';
import { startNode, type TestNode } from '../../../../standins/mongod/nodes.ts';
import { serviceNames } from './set-in-words.ts';

export interface LiveSet {
  readonly nodes: readonly TestNode[];
  job(members: number, mongo?: MongoPort): ReturnType<typeof createReplicaSetJob>;
  /** Runs the job for so many members. */
  run(members: number, mongo?: MongoPort): Promise<JobOutcome>;
}

/** What the job is asked for besides the members; secrets by name. */
export interface LiveOptions {
  readonly spec?: Partial<MongoReplicaSetSpec>;
  readonly secrets?: Readonly<Record<string, string>>;
  /** Of each mongod; the default asks for no login. */
  readonly command?: () => readonly string[];
}

const portsOver = (nodes: readonly TestNode[], mongo: MongoPort, secrets: Readonly<Record<string, string>>): Ports => {
  const names = serviceNames(nodes.length);
  const used = {
    client: clientsOf([provide(MONGO, mongo)]),
    clock: createClock(),
    secrets: { read: (name: string) => new Secret(secrets[name] ?? '') },
    addresses: {
      resolve: ({ service }: { readonly service: string }) => ({
        host: '127.0.0.1',
        port: nodes[names.indexOf(service)]?.port ?? 0,
      }),
    },
  };
  return used as Partial<Ports> as Ports;
};

export const liveSet = async (count: number, options: LiveOptions = {}): Promise<LiveSet> => {
  const { command, spec = {}, secrets = {} } = options;
  const nodes = await Promise.all(
    serviceNames(count).map((service) => startNode({ service, ...(command ? { command: command() } : {}) })),
  );
  const job = (members: number, mongo: MongoPort = createMongo()) =>
    createReplicaSetJob(
      {
        job: 'mongo-replica-set',
        set: 'rs0',
        members: serviceNames(members).map((service) => ({ service, port: 27_017 })),
        ...spec,
      },
      portsOver(nodes, mongo, secrets),
    );
  return {
    nodes,
    job,
    run: (members, mongo) =>
      runJob(job(members, mongo), { withinMs: 20_000, clock: createClock(), signal: new AbortController().signal }),
  };
};

export const changeLines = ({ changes }: JobOutcome): readonly string[] =>
  changes.map(({ action, resource, name }) => `${action} ${resource} ${name}`);
