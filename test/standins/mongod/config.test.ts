import { CommandError } from '@chatops-up/standins/internal/mongod/errors';
import { configDocument, readConfig } from '@chatops-up/standins/internal/mongod/replication/config';
import { checkInitiate } from '@chatops-up/standins/internal/mongod/replication/initiate';
import { checkSuccessor } from '@chatops-up/standins/internal/mongod/replication/reconfig';
import { ObjectId } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const refusalOf = (action: () => unknown): number | undefined => {
  try {
    action();
    return undefined;
  } catch (error) {
    return error instanceof CommandError ? error.code : -1;
  }
};

const member = (_id: number, more: object = {}) => ({ _id, host: `mongo-${_id}:27017`, ...more });

describe('a configuration to initiate with', () => {
  const initiate = (document: object) => checkInitiate(document, 'rs0', (host) => host === 'mongo-0:27017');

  it.each([
    ['no members', { members: [] }],
    ['no list of members', {}],
    ['an unknown field', { members: [member(0)], color: 'red' }],
    ['an unknown field of a member', { members: [member(0, { prio: 1 })] }],
    ['another version than 1', { members: [member(0)], version: 2 }],
    ['two members of one _id', { members: [member(0), { _id: 0, host: 'b:1' }] }],
    ['two members of one host', { members: [member(0), { _id: 1, host: 'mongo-0' }] }],
    ['a member without a host', { members: [{ _id: 0 }] }],
    ['eight voters', { members: [0, 1, 2, 3, 4, 5, 6, 7].map((id) => member(id)) }],
    ['nobody who could lead', { members: [member(0, { priority: 0 })] }],
    ['a leader without a vote', { members: [member(0, { votes: 0 })] }],
    ['a hidden leader', { members: [member(0, { hidden: true })] }],
    ["the server's own mark", { members: [member(0), member(1, { newlyAdded: true })] }],
    ['localhost beside a name', { members: [member(0), { _id: 1, host: 'localhost:27017' }] }],
    ['this node as an arbiter', { members: [member(0, { arbiterOnly: true }), member(1)] }],
    ['another protocol', { members: [member(0)], protocolVersion: 0 }],
  ])('is refused with 93 for %s', (_name, document) => {
    expect(refusalOf(() => initiate({ _id: 'rs0', ...document }))).toBe(93);
  });

  it('gets every default, and a new replicaSetId', () => {
    const config = initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongo-0' }] });
    expect(config.members[0]).toMatchObject({ host: 'mongo-0:27017', priority: 1, votes: 1, hidden: false });
    expect(config.replicaSetId).toBeInstanceOf(ObjectId);
    expect(config.term).toBe(0);
  });
});

describe('a configuration to follow another', () => {
  const replicaSetId = new ObjectId();
  const configOf = (ids: readonly number[], version = 1) =>
    readConfig({ _id: 'rs0', version, members: ids.map((id) => member(id)), settings: { replicaSetId } });
  const someIds = fc.uniqueArray(fc.nat(9), { minLength: 1, maxLength: 6 });

  it('is taken if and only if at most one voter comes or goes', () => {
    fc.assert(
      fc.property(someIds, someIds, (before, after) => {
        const changed = [...new Set([...before, ...after])].filter((id) => before.includes(id) !== after.includes(id));
        const code = refusalOf(() => checkSuccessor(configOf(before), configOf(after, 2), false));
        expect(code).toBe(changed.length > 1 ? 103 : undefined);
      }),
    );
  });

  it('may change any number of voters by force', () => {
    expect(refusalOf(() => checkSuccessor(configOf([0, 1, 2]), configOf([2], 2), true))).toBeUndefined();
  });

  it('is refused with 103 for another set, another replicaSetId, another kind of member', () => {
    const present = configOf([0, 1]);
    const next = (more: object) => readConfig({ ...configDocument(present, 'client'), version: 2, ...more });
    expect(refusalOf(() => checkSuccessor(present, next({ _id: 'rs1' }), false))).toBe(103);
    expect(refusalOf(() => checkSuccessor(present, next({ settings: { replicaSetId: new ObjectId() } }), false))).toBe(
      103,
    );
    const members = [member(0), member(1, { arbiterOnly: true })];
    expect(refusalOf(() => checkSuccessor(present, next({ members }), false))).toBe(103);
  });

  it('survives being written and read', () => {
    fc.assert(
      fc.property(someIds, fc.integer({ min: 1, max: 1_000 }), (ids, version) => {
        const config = configOf(ids, version);
        const again = readConfig(configDocument(config, 'inside'));
        expect(configDocument(again, 'inside')).toEqual(configDocument(config, 'inside'));
      }),
    );
  });
});
