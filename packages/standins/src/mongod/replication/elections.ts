/** Terms and votes: as in Raft, with a dry run first (mongodb/mongo db/repl/README.md, Elections). */

import { randomShare } from '../../kit/chance.ts';
import type { Position } from '../storage/journal.ts';
import { type Document, toNumber } from '../wire/bson-codec.ts';
import { compareConfigs, isElectable, isVoter, majorityOf, votersOf } from './config.ts';
import { memberOf, type Node, type Peer, PRIMARY, SECONDARY, saveConfig, saveVote, selfOf } from './node.ts';
import { countDown, realSpan } from './timing.ts';

/** Not primary any more; everybody who waits for a majority is woken by the change. */
export const standDown = (node: Node): void => {
  if (node.state !== PRIMARY) return;
  node.state = SECONDARY;
  node.primaryId = undefined;
  node.cancelMajorityCheck?.();
  node.cancelMajorityCheck = undefined;
  for (const peer of node.peers.values()) peer.matched = 0;
  node.changed();
};

/** A higher term seen anywhere ends an older primary. */
export const learnTerm = (node: Node, term: number): void => {
  if (term <= node.term) return;
  node.term = term;
  node.votedFor = undefined;
  saveVote(node);
  node.primaryId = undefined;
  standDown(node);
  node.changed();
};

const upVoters = (node: Node): number =>
  node.config === undefined
    ? 0
    : votersOf(node.config).filter(({ id }) => id === selfOf(node)?.id || node.peers.get(id)?.up === true).length;

export const seesMajority = (node: Node): boolean =>
  node.config !== undefined && upVoters(node) >= majorityOf(node.config);

/** A primary that sees no majority for the election timeout steps down. */
export const watchMajority = (node: Node): void => {
  if (node.state !== PRIMARY || seesMajority(node)) {
    node.cancelMajorityCheck?.();
    node.cancelMajorityCheck = undefined;
    return;
  }
  node.cancelMajorityCheck ??= countDown(node.time, node.config?.electionTimeoutMillis ?? 10_000, () => {
    node.cancelMajorityCheck = undefined;
    if (!node.ended && !seesMajority(node)) standDown(node);
  });
};

const mayStand = (node: Node): boolean => {
  const self = selfOf(node);
  return (
    !node.ended &&
    node.state === SECONDARY &&
    !node.copying &&
    node.primaryId === undefined &&
    self !== undefined &&
    isElectable(self)
  );
};

/** Alone, a member elects itself after about 10 ms; among others it waits the election timeout and a random part. */
const electionDelayMs = (node: Node): number => {
  const timeout = node.config?.electionTimeoutMillis ?? 10_000;
  const alone = node.config !== undefined && node.config.members.length === 1;
  return alone ? 10 : timeout * (1 + randomShare() * 0.5);
};

/** Starts or stops the count-down to standing for election. */
export const considerElection = (node: Node): void => {
  if (!mayStand(node)) {
    node.cancelElection?.();
    node.cancelElection = undefined;
    return;
  }
  if (node.cancelElection || node.electing) return;
  const frozen = Math.max(0, node.frozenUntil - node.time.now());
  node.cancelElection = countDown(node.time, Math.max(frozen, electionDelayMs(node)), () => {
    node.cancelElection = undefined;
    void standForElection(node);
  });
};

const positionDocument = (at: Position): Document => ({ i: at.index, t: at.term });

const askVotes = async (node: Node, term: number, dryRun: boolean): Promise<number> => {
  const self = selfOf(node);
  if (self === undefined || node.config === undefined) return 0;
  const { config } = node;
  const question = {
    replSetRequestVotes: 1,
    setName: config.name,
    dryRun,
    term,
    candidateId: self.id,
    configVersion: config.version,
    configTerm: config.term,
    last: positionDocument(node.journal.last()),
  };
  const ask = async (peer: Peer): Promise<boolean> => {
    try {
      const reply = await peer.link.call(question, realSpan(node.time, 10_000, 1_000));
      peer.up = true;
      learnTerm(node, toNumber(reply.term) ?? 0);
      return reply.voteGranted === true;
    } catch {
      return false;
    }
  };
  const others = [...node.peers.values()].filter(({ member }) => isVoter(member));
  const own = isVoter(self) ? 1 : 0;
  const enough = majorityOf(config) - own;
  return own + (await countUntil(others.map(ask), enough));
};

/** How many said yes, known as soon as `enough` did. */
const countUntil = (answers: readonly Promise<boolean>[], enough: number): Promise<number> =>
  new Promise((resolve) => {
    let yes = 0;
    let open = answers.length;
    if (open === 0 || enough <= 0) return resolve(0);
    for (const answer of answers)
      void answer.then((granted) => {
        yes += granted ? 1 : 0;
        open -= 1;
        if (yes >= enough || open === 0) resolve(yes);
      });
  });

/** @param skipDryRun when a primary that steps down asked for it */
export const standForElection = async (node: Node, skipDryRun = false): Promise<boolean> => {
  if (node.electing || !mayStand(node) || node.config === undefined) return false;
  node.electing = true;
  try {
    const needed = majorityOf(node.config);
    const before = node.term;
    if (!skipDryRun && (await askVotes(node, before, true)) < needed) return false;
    if (!mayStand(node) || node.term !== before) return false;
    const self = selfOf(node);
    if (self === undefined) return false;
    node.term = before + 1;
    node.votedFor = { term: node.term, id: self.id };
    saveVote(node);
    const term = node.term;
    if ((await askVotes(node, term, false)) < needed) return false;
    if (!mayStand(node) || node.term !== term) return false;
    lead(node);
    return true;
  } finally {
    node.electing = false;
    node.changed();
  }
};

const lead = (node: Node): void => {
  const self = selfOf(node);
  if (self === undefined || node.config === undefined) return;
  node.state = PRIMARY;
  node.primaryId = self.id;
  for (const peer of node.peers.values()) peer.matched = 0;
  node.electedAt = node.journal.write(node.term);
  // The new primary makes the configuration its own term's, with the same version.
  node.config = { ...node.config, term: node.term };
  saveConfig(node);
  node.changed();
};

const refusedVote = (node: Node, asked: Document): string | undefined => {
  const last = node.journal.last();
  const theirs = { index: toNumber(asked.last?.i) ?? 0, term: toNumber(asked.last?.t) ?? -1 };
  const id = toNumber(asked.candidateId);
  const term = toNumber(asked.term) ?? 0;
  if (node.config === undefined || asked.setName !== node.setName) return 'not of that set';
  if (memberOf(node, id) === undefined) return 'candidate is not in my configuration';
  const offered = { version: toNumber(asked.configVersion) ?? -1, term: toNumber(asked.configTerm) ?? -1 };
  if (compareConfigs(offered, node.config) < 0) return "candidate's config is older than mine";
  if (term < node.term) return `candidate's term (${term}) is lower than mine (${node.term})`;
  if (theirs.term < last.term || (theirs.term === last.term && theirs.index < last.index))
    return "candidate's data is staler than mine";
  if (asked.dryRun !== true && node.votedFor?.term === term && node.votedFor.id !== id)
    return `already voted for another candidate in term ${term}`;
  return undefined;
};

/** One vote a term, on disk before it is given. */
export const answerVote = (node: Node, asked: Document): Document => {
  const term = toNumber(asked.term) ?? 0;
  if (asked.dryRun !== true) learnTerm(node, term);
  const reason = refusedVote(node, asked);
  if (reason === undefined && asked.dryRun !== true) {
    node.votedFor = { term, id: toNumber(asked.candidateId) ?? -1 };
    saveVote(node);
  }
  return { term: node.term, voteGranted: reason === undefined, reason: reason ?? '' };
};
