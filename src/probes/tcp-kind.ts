import type { SingleKind } from '../contracts/probe-kind.ts';
import { HOST_PORT, wordsOf } from '../contracts/probe-words.ts';
import { createTcpProbe, type TcpSpec } from './tcp.ts';

export const tcpKind: SingleKind<TcpSpec> = {
  what: 'tcp',
  about: 'the port accepts a connection; what listens there is not asked',
  example: { what: 'tcp', endpoint: { service: 'prober', port: 9099 } },
  words: { target: wordsOf<TcpSpec>().target('endpoint', HOST_PORT), options: [] },
  create: createTcpProbe,
};
