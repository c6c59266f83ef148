/** The replica set configuration document: read, given defaults, written back. Field names as in repl_set_config.idl. */
import { Long, ObjectId } from 'bson';
import { refusal } from '../errors.ts';
import { type Document, isDocument, toBoolean, toNumber } from '../wire/bson-codec.ts';

export interface Member {
  readonly id: number;
  readonly host: string;
  readonly arbiterOnly: boolean;
  readonly buildIndexes: boolean;
  readonly hidden: boolean;
  readonly priority: number;
  readonly votes: number;
  readonly tags: Document;
  readonly secondaryDelaySecs: number;
  /** The server's own mark: has no vote until it has copied the data. Never shown to clients. */
  readonly newlyAdded: boolean;
}

export interface ReplConfig {
  readonly name: string;
  readonly version: number;
  readonly term: number;
  readonly members: readonly Member[];
  readonly electionTimeoutMillis: number;
  readonly heartbeatIntervalMillis: number;
  readonly replicaSetId: ObjectId;
  readonly writeConcernMajorityJournalDefault: boolean;
  /** The settings as they were given, known and unknown ones. */
  readonly settings: Document;
}

const invalid = (why: string) => refusal('InvalidReplicaSetConfig', why);

const integer = (value: unknown, fallback: number, where: string): number => {
  if (value === undefined) return fallback;
  const number = toNumber(value);
  if (number === undefined || !Number.isFinite(number)) throw invalid(`${where} must be a number`);
  return number;
};

const MEMBER_FIELDS = new Set([
  '_id',
  'host',
  'arbiterOnly',
  'buildIndexes',
  'hidden',
  'priority',
  'votes',
  'tags',
  'secondaryDelaySecs',
  'slaveDelay',
  'horizons',
  'newlyAdded',
]);

const CONFIG_FIELDS = new Set([
  '_id',
  'version',
  'term',
  'members',
  'configsvr',
  'protocolVersion',
  'writeConcernMajorityJournalDefault',
  'settings',
  'repaired',
]);

/** Both structs are strict in the server's IDL: an unknown field is refused, except inside `settings`. */
const refuseUnknown = (document: Document, known: ReadonlySet<string>, where: string): void => {
  const unknown = Object.keys(document).find((name) => !known.has(name));
  if (unknown !== undefined) throw invalid(`BSON field '${where}.${unknown}' is an unknown field.`);
};

/** `host:port`, the port being 27017 unless said. */
export const withPort = (host: string): string => (/:\d+$/.test(host) ? host : `${host}:27017`);

export const splitHost = (host: string): { readonly host: string; readonly port: number } => {
  const at = host.lastIndexOf(':');
  return { host: host.slice(0, at).replace(/^\[|\]$/g, ''), port: Number(host.slice(at + 1)) };
};

const readMember = (value: unknown): Member => {
  if (!isDocument(value)) throw invalid('each member must be a document');
  refuseUnknown(value, MEMBER_FIELDS, 'MemberConfig');
  const id = integer(value._id, -1, 'members._id');
  if (!Number.isInteger(id) || id < 0 || id > 255)
    throw invalid('_id field value of a member must be an integer between 0 and 255');
  if (typeof value.host !== 'string' || value.host === '') throw invalid('each member needs a host');
  const arbiterOnly = toBoolean(value.arbiterOnly);
  const priority = integer(value.priority, arbiterOnly ? 0 : 1, 'members.priority');
  if (priority < 0 || priority > 1000) throw invalid('priority must be between 0 and 1000');
  const votes = integer(value.votes, 1, 'members.votes');
  if (votes !== 0 && votes !== 1) throw invalid('votes field value must be 0 or 1');
  if (votes === 0 && priority > 0) throw invalid('priority must be 0 when non-voting (votes:0)');
  if (toBoolean(value.hidden) && priority > 0) throw invalid('priority must be 0 when hidden=true');
  return {
    id,
    host: withPort(value.host),
    arbiterOnly,
    buildIndexes: value.buildIndexes === undefined || toBoolean(value.buildIndexes),
    hidden: toBoolean(value.hidden),
    // The default priority of an arbiter is 0, and 1 is read as that default.
    priority: arbiterOnly && priority === 1 ? 0 : priority,
    votes,
    tags: isDocument(value.tags) ? value.tags : {},
    secondaryDelaySecs: integer(value.secondaryDelaySecs ?? value.slaveDelay, 0, 'secondaryDelaySecs'),
    newlyAdded: toBoolean(value.newlyAdded),
  };
};

const refuseTwins = (members: readonly Member[]): void => {
  for (const [at, member] of members.entries()) {
    for (const other of members.slice(at + 1)) {
      if (other.id === member.id) throw invalid(`Found two member configurations with same _id field, ${member.id}`);
      if (other.host === member.host)
        throw invalid(`Found two member configurations with same host field, ${member.host}`);
    }
  }
};

/**
 * @param fallbackSetId given when the document has none
 * @throws CommandError 93 for anything the server's own validation refuses
 */
export const readConfig = (document: Document, fallbackSetId?: ObjectId): ReplConfig => {
  refuseUnknown(document, CONFIG_FIELDS, 'ReplSetConfig');
  if (typeof document._id !== 'string' || document._id === '') throw invalid('_id must be the name of the set');
  const version = integer(document.version, 1, 'version');
  if (!Number.isInteger(version) || version < 1 || version > 0x7fffffff)
    throw invalid('version field value must be between 1 and 2147483647');
  if (!Array.isArray(document.members)) throw invalid('members must be an array');
  const members = document.members.map(readMember);
  if (members.length === 0 || members.length > 50) throw invalid('a set has between 1 and 50 members');
  refuseTwins(members);
  const locals = members.filter(({ host }) => /^(localhost|127\.|\[?::1)/.test(host)).length;
  if (locals !== 0 && locals !== members.length)
    throw invalid(
      'Either all host names in a replica set configuration must be localhost references, or none must be; found ' +
        `${locals} out of ${members.length}`,
    );
  const voters = members.filter(({ votes }) => votes > 0).length;
  if (voters < 1 || voters > 7) throw invalid('Replica set configuration must contain 1 to 7 voting members');
  if (!members.some(({ priority }) => priority > 0))
    throw invalid('Replica set configuration must contain at least one non-arbiter member with priority > 0');
  if (integer(document.protocolVersion, 1, 'protocolVersion') !== 1) throw invalid('protocolVersion must be 1');
  const settings: Document = isDocument(document.settings) ? document.settings : {};
  return {
    name: document._id,
    version,
    term: integer(document.term, -1, 'term'),
    members,
    electionTimeoutMillis: integer(settings.electionTimeoutMillis, 10_000, 'electionTimeoutMillis'),
    heartbeatIntervalMillis: integer(settings.heartbeatIntervalMillis, 2_000, 'heartbeatIntervalMillis'),
    replicaSetId: settings.replicaSetId instanceof ObjectId ? settings.replicaSetId : (fallbackSetId ?? new ObjectId()),
    writeConcernMajorityJournalDefault:
      document.writeConcernMajorityJournalDefault === undefined ||
      toBoolean(document.writeConcernMajorityJournalDefault),
    settings,
  };
};

const memberDocument = (member: Member, inside: boolean): Document => ({
  _id: member.id,
  host: member.host,
  arbiterOnly: member.arbiterOnly,
  buildIndexes: member.buildIndexes,
  hidden: member.hidden,
  priority: member.priority,
  tags: member.tags,
  secondaryDelaySecs: Long.fromNumber(member.secondaryDelaySecs),
  votes: member.votes,
  ...(inside && member.newlyAdded && { newlyAdded: true }),
});

/** @param audience `inside` (other members, disk) sees marks that clients do not */
export const configDocument = (config: ReplConfig, audience: 'client' | 'inside'): Document => ({
  _id: config.name,
  version: config.version,
  term: config.term,
  members: config.members.map((member) => memberDocument(member, audience === 'inside')),
  protocolVersion: Long.fromNumber(1),
  writeConcernMajorityJournalDefault: config.writeConcernMajorityJournalDefault,
  settings: {
    chainingAllowed: true,
    heartbeatIntervalMillis: 2_000,
    heartbeatTimeoutSecs: 10,
    electionTimeoutMillis: 10_000,
    catchUpTimeoutMillis: -1,
    catchUpTakeoverDelayMillis: 30_000,
    getLastErrorModes: {},
    getLastErrorDefaults: { w: 1, wtimeout: 0 },
    ...config.settings,
    replicaSetId: config.replicaSetId,
  },
});

export const isVoter = (member: Member): boolean => member.votes > 0 && !member.newlyAdded;
export const votersOf = (config: ReplConfig): Member[] => config.members.filter(isVoter);
export const majorityOf = (config: ReplConfig): number => Math.floor(votersOf(config).length / 2) + 1;
export const isElectable = (member: Member): boolean =>
  member.priority > 0 && !member.arbiterOnly && !member.newlyAdded;

/** How many voters with data must have a write: a majority of the votes, but never more than carry data. */
export const writeMajorityOf = (config: ReplConfig): number =>
  Math.min(majorityOf(config), votersOf(config).filter(({ arbiterOnly }) => !arbiterOnly).length);

/** Positive when `a` is the newer one. A forced config has term -1: then only the version counts. */
export const compareConfigs = (
  a: Pick<ReplConfig, 'version' | 'term'>,
  b: Pick<ReplConfig, 'version' | 'term'>,
): number => (a.term === b.term || a.term === -1 || b.term === -1 ? a.version - b.version : a.term - b.term);
