/** What members ask each other. The names are the server's where it has such a command; the fields are ours. */
import { refusal } from '../errors.ts';
import { answerVote, standForElection } from '../replication/elections.ts';
import { answerFetch } from '../replication/follow.ts';
import { answerHeartbeat } from '../replication/heartbeats.ts';
import type { Node } from '../replication/node.ts';
import type { Document } from '../wire/bson-codec.ts';
import type { Command } from './command.ts';

/** Members trust each other as if they shared a key file. */
const internal = (name: string, run: (node: Node, body: Document) => Document | Promise<Document>): Command => ({
  name,
  counts: 'traffic',
  needs: 'any',
  open: true,
  run: ({ server, body }) => {
    if (server.member === undefined) throw refusal('NoReplicationEnabled', 'not running with --replSet');
    return run(server.member, body);
  },
});

export const betweenMembers: readonly Command[] = [
  internal('replSetHeartbeat', answerHeartbeat),
  internal('replSetRequestVotes', answerVote),
  internal('replSetFetchOplog', answerFetch),
  internal('replSetStepUp', async (node) => {
    if (!(await standForElection(node, true))) throw refusal('InternalError', 'Election failed.');
    return {};
  }),
];
