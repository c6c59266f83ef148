import { describe, expect, it } from 'vitest';
import type { ReplicaSetMember } from '../../../../../src/parts/mongodb/mongo.ts';
import { decideReplicaSet } from '../../../../../src/parts/mongodb/setup/decide.ts';
import { config, ghost, inWords, member, node, serviceNames, silent, wantedSet } from './set-in-words.ts';

const decide = (count: number, ...nodes: Parameters<typeof decideReplicaSet>[1]['nodes'][number][]): string =>
  inWords(decideReplicaSet(wantedSet(count), { nodes }));

const PRIMARY = { me: 'mongo:27017' };
const following = (me: string, primary = 'mongo:27017') => ({ me, primary });

/** Nodes of a set in which `mongo` is PRIMARY and every other config member follows. */
const healthy = (of: ReturnType<typeof config>, count = of.members.length) =>
  serviceNames(count).map((service) =>
    node(
      service,
      of.members.some(({ host }) => host === `${service}:27017`)
        ? member(service === 'mongo' ? PRIMARY : following(`${service}:27017`), of)
        : ghost,
    ),
  );

describe('making the set', () => {
  it('initiates with the one named first member, never with localhost or the host name', () => {
    expect(decide(1, node('mongo', ghost))).toBe(
      [
        '+ replica set rs0 (mongo.set asks for it, mongo:27017 is in no set)',
        '    mongo:27017 initiate v1 0=mongo:27017',
        'more',
      ].join('\n'),
    );
  });

  it('plans three members as one initiation and two additions', () => {
    expect(decide(3, node('mongo', ghost), node('mongo-1', ghost), node('mongo-2', ghost))).toBe(
      [
        '+ replica set rs0 (mongo.set asks for it, mongo:27017 is in no set)',
        '    mongo:27017 initiate v1 0=mongo:27017',
        '+ replica-set member mongo-1 (mongo.members asks for 3 members, mongo-1:27017 is not in the set)',
        '    mongo:27017 reconfigure v2 0=mongo:27017 1=mongo-1:27017',
        '+ replica-set member mongo-2 (mongo.members asks for 3 members, mongo-2:27017 is not in the set)',
        '    mongo:27017 reconfigure v3 0=mongo:27017 1=mongo-1:27017 2=mongo-2:27017',
        'more',
      ].join('\n'),
    );
  });

  it('a writable server outside of any set is waited out, not initiated and not taken for ready', () => {
    expect(decide(1, node('mongo', { kind: 'standalone' }))).toContain('waits for mongo to be started with --replSet');
  });

  it('does not initiate while a wanted member is away, as it may hold the real data', () => {
    expect(decide(2, node('mongo', ghost), node('mongo-1', silent))).toContain(
      'waits for mongo-1 to answer: connection refused',
    );
  });

  it('does not initiate when another member has the set already', () => {
    const of = config(['mongo:27017', 'mongo-1:27017', 'mongo-2:27017']);
    const answers = [
      node('mongo', ghost),
      node('mongo-1', member({ me: 'mongo-1:27017' }, of, ['startup', 'primary', 'secondary'])),
      node('mongo-2', member(following('mongo-2:27017', 'mongo-1:27017'), of)),
    ];
    expect(decide(3, ...answers)).toBe('waits for mongo to become SECONDARY, it is STARTUP\nmore');
  });

  it('the end of the initiation is not taken for a PRIMARY', () => {
    const of = config(['mongo:27017']);
    const answer = member({ me: 'mongo:27017', writable: false }, of, ['secondary']);
    expect(decide(1, node('mongo', answer))).toBe('waits for a PRIMARY: mongo is no PRIMARY\nmore');
  });
});

describe('a set as wanted', () => {
  it.each([1, 2, 3, 5, 7])('decides on nothing for %i healthy members', (count) => {
    const of = config(serviceNames(count).map((service) => `${service}:27017`));
    expect(decide(count, ...healthy(of))).toBe('done');
  });

  it('is not done while a wanted member is down', () => {
    const of = config(['mongo:27017', 'mongo-1:27017', 'mongo-2:27017']);
    const nodes = [
      node('mongo', member(PRIMARY, of, ['primary', 'secondary', 'down'])),
      node('mongo-1', member(following('mongo-1:27017'), of)),
      node('mongo-2', silent),
    ];
    expect(decide(3, ...nodes)).toBe('waits for mongo-2 to become SECONDARY, it is DOWN\nmore');
  });

  it('believes the PRIMARY of the later term while two take themselves for it', () => {
    const old = config(['mongo:27017', 'mongo-1:27017', 'mongo-2:27017'], { term: 1 });
    const fresh = { ...old, term: 2, version: 2 };
    const nodes = [
      node('mongo', member(PRIMARY, old)),
      node('mongo-1', member({ me: 'mongo-1:27017' }, fresh)),
      node('mongo-2', member(following('mongo-2:27017', 'mongo-1:27017'), fresh)),
    ];
    expect(decide(4, ...nodes, node('mongo-3', ghost))).toContain('mongo-1:27017 reconfigure v3');
  });
});

describe('growing', () => {
  it('lists every addition and takes the first: one voter a step', () => {
    const of = config(['mongo:27017'], { version: 4 });
    expect(decide(3, ...healthy(of, 3))).toBe(
      [
        '+ replica-set member mongo-1 (mongo.members asks for 3 members, mongo-1:27017 is not in the set)',
        '    mongo:27017 reconfigure v5 0=mongo:27017 1=mongo-1:27017',
        '+ replica-set member mongo-2 (mongo.members asks for 3 members, mongo-2:27017 is not in the set)',
        '    mongo:27017 reconfigure v6 0=mongo:27017 1=mongo-1:27017 2=mongo-2:27017',
        'more',
      ].join('\n'),
    );
  });

  it('waits for state 2 of the last one before the next: the server promotes it by itself', () => {
    const of = config(['mongo:27017', 'mongo-1:27017'], { version: 2 });
    const nodes = [
      node('mongo', member(PRIMARY, of, ['primary', 'startup2'])),
      node('mongo-1', member({ ...following('mongo-1:27017') }, of)),
      node('mongo-2', ghost),
    ];
    expect(decide(3, ...nodes)).toContain('waits for mongo-1 to become SECONDARY, it is STARTUP2');
  });

  it('still lists what is to come while the new member does not answer', () => {
    const words = decide(2, node('mongo', member(PRIMARY, config(['mongo:27017']))), node('mongo-1', silent));
    expect(words).toContain('+ replica-set member mongo-1');
    expect(words).toContain('waits for mongo-1 to answer: connection refused');
  });

  it('still lists what is to come while a PRIMARY is being elected', () => {
    const of = config(['mongo:27017']);
    const electing = member({ me: 'mongo:27017', writable: false }, of, ['secondary']);
    const words = decide(2, node('mongo', electing), node('mongo-1', ghost));
    expect(words).toContain('+ replica-set member mongo-1');
    expect(words).toContain('waits for a PRIMARY');
  });

  it('gives a number that never meant another member, also one only a removed node remembers', () => {
    const past = config(['mongo:27017', 'mongo-1:27017', { _id: 5, host: 'mongo-2:27017' }], { version: 9 });
    const of = config(['mongo:27017'], { version: 12 });
    const nodes = [node('mongo', member(PRIMARY, of)), node('mongo-1', { kind: 'ghost', config: past })];
    expect(decide(2, ...nodes)).toContain('v13 0=mongo:27017 6=mongo-1:27017');
  });

  it('keeps every unknown field and settings.replicaSetId, and never sends newlyAdded', () => {
    const special = { _id: 0, host: 'mongo:27017', priority: 3, horizons: { a: 'b' }, newlyAdded: true };
    const of = config([special], { writeConcernMajorityJournalDefault: true, later: { x: 1 } });
    const { changes } = decideReplicaSet(wantedSet(2), {
      nodes: [node('mongo', member(PRIMARY, of)), node('mongo-1', ghost)],
    });
    const step = changes[0]?.step;
    expect(step?.call === 'reconfigure' && step.config).toEqual({
      ...of,
      version: 2,
      members: [
        { _id: 0, host: 'mongo:27017', priority: 3, horizons: { a: 'b' } },
        { _id: 1, host: 'mongo-1:27017', tags: { 'chatops-up': 'mongo-1' } },
      ],
    });
  });

  it('refuses more voters than a set may have', () => {
    const hand = Array.from({ length: 5 }, (_, index) => `db${index}:27017`);
    const of = config(['mongo:27017', ...hand]);
    expect(decide(3, node('mongo', member(PRIMARY, of)), node('mongo-1', ghost), node('mongo-2', ghost))).toBe(
      '! replica set rs0: with the members made by hand it would have 8 voters, at most 7 are allowed\ndone',
    );
  });
});

describe('shrinking', () => {
  it('removes the highest ordinal first, one voter a step: before its process goes', () => {
    const of = config(['mongo:27017', 'mongo-1:27017', 'mongo-2:27017'], { version: 3 });
    expect(decide(1, node('mongo', member(PRIMARY, of)))).toBe(
      [
        '- replica-set member mongo-2 (mongo.members asks for 1 member, mongo-2:27017 is still in the set)',
        '    mongo:27017 reconfigure v4 0=mongo:27017 1=mongo-1:27017',
        '- replica-set member mongo-1 (mongo.members asks for 1 member, mongo-1:27017 is still in the set)',
        '    mongo:27017 reconfigure v5 0=mongo:27017',
        'more',
      ].join('\n'),
    );
  });

  it('lets the PRIMARY step down first when it has to go itself', () => {
    const of = config(['mongo:27017', 'mongo-1:27017']);
    const nodes = [
      node('mongo', member(following('mongo:27017', 'mongo-1:27017'), of)),
      { host: 'mongo-1:27017', answer: member({ me: 'mongo-1:27017' }, of) },
    ];
    expect(decide(1, ...nodes)).toBe(
      [
        '~ replica-set primary mongo-1 (mongo-1:27017 is PRIMARY and has to leave the set)',
        '    mongo-1:27017 steps down',
        '- replica-set member mongo-1 (mongo.members asks for 1 member, mongo-1:27017 is still in the set)',
        '    mongo-1:27017 reconfigure v2 0=mongo:27017',
        'more',
      ].join('\n'),
    );
  });

  it('does not let the PRIMARY step down while nobody wanted can take over', () => {
    const of = config(['mongo:27017', 'mongo-1:27017', 'mongo-2:27017']);
    const primary = member({ me: 'mongo-2:27017' }, of, ['arbiter', 'secondary', 'primary']);
    expect(decide(1, node('mongo', ghost), { host: 'mongo-2:27017', answer: primary })).toContain(
      'waits for a SECONDARY among the wanted members that can take over',
    );
  });

  it('takes a dead one out before a healthy one of higher ordinal, so that a majority stays', () => {
    const of = config(['mongo:27017', 'mongo-1:27017', 'mongo-2:27017']);
    const primary = member(PRIMARY, of, ['primary', 'down', 'secondary']);
    expect(decide(1, node('mongo', primary)).split('\n')[1]).toContain('v2 0=mongo:27017 2=mongo-2:27017');
  });

  it('waits rather than lose the majority', () => {
    const of = config(['mongo:27017', 'mongo-1:27017', 'hand:27017']);
    const primary = member(PRIMARY, of, ['primary', 'secondary', 'down']);
    const words = decide(1, node('mongo', primary));
    expect(words).toContain('- replica-set member mongo-1');
    expect(words).toContain('waits for enough members to answer: without mongo-1:27017 too few');
  });
});

describe('names', () => {
  it.each(['localhost:27017', '127.0.0.1:27017', '3f2a1b9c0d1e:27017'])(
    'repairs %s, known as which the set would stay useless for ever',
    (name) => {
      const of = config([{ _id: 0, host: name, priority: 2 }], { version: 7 });
      expect(decide(1, node('mongo', member({ me: name }, of)))).toBe(
        [
          `~ replica-set member mongo (clients look for mongo:27017, the set knows it as ${name})`,
          '    mongo:27017 reconfigure v8 0=mongo:27017',
          'more',
        ].join('\n'),
      );
    },
  );

  it('fixes the name before it adds members', () => {
    const of = config(['localhost:27017']);
    const words = decide(2, node('mongo', member({ me: 'localhost:27017' }, of)), node('mongo-1', ghost));
    expect(words.split('\n').filter((line) => /^[+~]/.test(line))).toEqual([
      '~ replica-set member mongo (clients look for mongo:27017, the set knows it as localhost:27017)',
      '+ replica-set member mongo-1 (mongo.members asks for 2 members, mongo-1:27017 is not in the set)',
    ]);
  });

  it('knows a member whose address has changed by its tag', () => {
    const moved: ReplicaSetMember = { _id: 1, host: 'old:1', tags: { 'chatops-up': 'mongo-1' } };
    const of = config(['mongo:27017', moved]);
    const primary = member(PRIMARY, of, ['primary', 'down']);
    expect(decide(2, node('mongo', primary), node('mongo-1', ghost)).split('\n').slice(0, 2)).toEqual([
      '~ replica-set member mongo-1 (clients look for mongo-1:27017, the set knows it as old:1)',
      '    mongo:27017 reconfigure v2 0=mongo:27017 1=mongo-1:27017',
    ]);
  });

  it('asks a user to force a config whose only member is nobody any more', () => {
    const of = config(['3f2a1b9c0d1e:27017']);
    const { conflicts } = decideReplicaSet(wantedSet(1), { nodes: [node('mongo', { kind: 'ghost', config: of })] });
    expect(conflicts[0]?.why).toContain('3f2a1b9c0d1e:27017, none of which is mongo');
    expect(conflicts[0]?.next).toContain('force: true');
  });
});

describe('what is not ours', () => {
  it('is not judged while a member is silent that may be in the set under another name', () => {
    const hand = Array.from({ length: 6 }, (_, index) => `db${index}:27017`);
    const of = config(['localhost:27017', ...hand]);
    const words = decide(1, node('mongo', silent), { host: 'db0:27017', answer: member({ me: 'db0:27017' }, of) });
    expect(words).toContain('waits for mongo to answer: connection refused');
    expect(words).not.toMatch(/warning|!/);
  });

  it('leaves members made by hand alone, with a warning', () => {
    const arbiter = { _id: 7, host: 'arbiter.example:27017', arbiterOnly: true };
    const of = config(['mongo:27017', 'mongo-1:27017', arbiter]);
    const words = decide(1, node('mongo', member(PRIMARY, of, ['primary', 'secondary', 'arbiter'])));
    expect(words).toContain('- replica-set member mongo-1');
    expect(words).toContain('v2 0=mongo:27017 7=arbiter.example:27017');
    expect(words).toContain('warning: arbiter.example:27017 is in rs0 and not ours');
  });

  it('leaves votes: 0 of a wanted member alone, with a warning', () => {
    const of = config(['mongo:27017', { _id: 1, host: 'mongo-1:27017', votes: 0, priority: 0 }]);
    expect(decide(2, ...healthy(of))).toBe(
      'warning: mongo-1:27017 has votes: 0, set by hand: left so; it does not count for a majority\ndone',
    );
  });

  it('stops at a set of another name', () => {
    const of = config(['mongo:27017'], { _id: 'prod' });
    expect(decide(1, node('mongo', member(PRIMARY, of)))).toContain(
      '! replica set rs0: mongo belongs to the set prod; a set cannot be renamed',
    );
  });

  it('stops at a member that was initiated on its own, and names the volume', () => {
    const ours = config(['mongo:27017']);
    const alien = config(['mongo-1:27017'], { settings: { replicaSetId: 'bbbb' } });
    const nodes = [node('mongo', member(PRIMARY, ours)), node('mongo-1', member({ me: 'mongo-1:27017' }, alien))];
    const { changes, conflicts } = decideReplicaSet(wantedSet(2), { nodes });
    expect(changes).toEqual([]);
    expect(conflicts[0]?.why).toContain('replicaSetId bbbb and aaaa');
    expect(conflicts[0]?.next).toContain('mongo-1-data');
  });
});

describe('majority lost', () => {
  it('never forces: says who is missing, how many are needed, and what only the user may do', () => {
    const of = config(['mongo:27017', 'mongo-1:27017', 'mongo-2:27017']);
    const left = member({ me: 'mongo:27017', writable: false }, of, ['secondary', 'down', 'down']);
    const words = decide(3, node('mongo', left), node('mongo-1', silent), node('mongo-2', silent));
    expect(words).toContain('mongo-1 does not answer (connection refused)');
    expect(words).toContain('only 1 of 3 voters answer, 2 are a majority');
    expect(words).toContain('only you may force');
    expect(words.endsWith('more')).toBe(true);
  });
});
