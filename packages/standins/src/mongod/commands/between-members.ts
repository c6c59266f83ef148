/** What members ask each other. The names are the server's where it has such a command; the fields are ours. */
import { isTrusted } from '../access/key-file.ts';
import { refusal } from '../errors.ts';
import { answerVote, standForElection } from '../replication/elections.ts';
import { answerFetch } from '../replication/follow.ts';
import { answerHeartbeat } from '../replication/heartbeats.ts';
import type { Node } from '../replication/node.ts';
import type { Document } from '../wire/bson-codec.ts';
import type { Command } from './command.ts';

const internal = (name: string, run: (node: Node, body: Document) => Document | Promise<Document>): Command => ({
  name,
  counts: 'traffic',
  needs: 'any',
  open: true,
  run: ({ server, body }) => {
    if (!isTrusted(server.seal, body))
      throw refusal('Unauthorized', 'the question comes from no member that has the key of this set');
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
