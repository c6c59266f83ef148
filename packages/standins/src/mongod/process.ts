/** One life of a mongod: from opening its data to its end. A restart is a new one over the same files. */
import { join } from 'node:path';
import { ObjectId } from 'bson';
import type { Faults } from '../kit/faults.ts';
import type { Ledger } from '../kit/ledger.ts';
import { openStore } from '../kit/store.ts';
import type { ServerContext } from '../standin.ts';
import { sealOf } from './access/key-file.ts';
import { createUsers } from './access/users.ts';
import type { CommandLine } from './command-line.ts';
import { createCondition } from './condition.ts';
import { createCursors } from './cursors.ts';
import { createDispatch } from './dispatch.ts';
import { createMember, endMember, enterSet } from './replication/member.ts';
import { createResolver } from './resolver.ts';
import type { Server } from './server.ts';
import { createCollections } from './storage/collections.ts';
import { type Change, openDocuments } from './storage/documents.ts';
import { openJournal } from './storage/journal.ts';
import { createListener } from './wire/listener.ts';

/** What the stand-in says it is; the wire version 25 belongs to it. */
const VERSION = '8.0.29';

export interface ProcessOptions {
  readonly context: ServerContext;
  readonly line: CommandLine;
  readonly listenPort: number;
  /** Of the key file; undefined without one. */
  readonly key: string | undefined;
  /** The image's temporary server: a standalone, no login. */
  readonly temporary: boolean;
  readonly ledger: Ledger;
  readonly faults: Faults;
}

export interface MongodProcess {
  readonly server: Server;
  /** Opens the port and, as a member of a set, goes back into it. @throws Node's EADDRINUSE */
  open(): Promise<void>;
  end(): Promise<void>;
}

export const startProcess = ({
  context,
  line,
  listenPort,
  key,
  temporary,
  ledger,
  faults,
}: ProcessOptions): MongodProcess => {
  const store = openStore(join(context.dir, 'state.jsonl'));
  const condition = createCondition();
  const documents = openDocuments(store);
  const isMember = line.replSet !== undefined && !temporary;
  const journal = openJournal(store, documents, isMember, () => context.time.now());
  const names = createResolver(context, line, listenPort);
  const seal = key === undefined ? undefined : sealOf(key, line.transitionToAuth);
  const member =
    line.replSet !== undefined && isMember
      ? createMember({
          setName: line.replSet,
          time: context.time,
          store,
          documents,
          journal,
          condition,
          seal,
          ...names,
        })
      : undefined;
  const write = (change: Change): void => void journal.write(member?.term ?? 0, change);
  const collections = createCollections(documents, write);
  const server: Server = {
    processId: new ObjectId(),
    name: names.ownName,
    version: VERSION,
    startedAtMs: context.time.now(),
    time: context.time,
    condition,
    documents,
    write,
    journal,
    collections,
    cursors: createCursors(),
    users: createUsers(documents, collections, { required: line.auth && !temporary, key }),
    seal,
    // Without an address of its own its clients stand for other containers, whose loopback is not this one's.
    localhostException: context.host !== undefined && context.host !== '127.0.0.1',
    member,
    topology: { counter: 0, seen: '' },
  };
  const listener = createListener({
    answer: createDispatch({ server, ledger, faults }),
    onClosed: () => condition.changed(),
  });
  return {
    server,
    open: async () => {
      await listener.listen(listenPort, context.host);
      if (member) enterSet(member);
    },
    end: async () => {
      if (member) endMember(member);
      condition.end();
      await listener.shut();
      store.close();
    },
  };
};
