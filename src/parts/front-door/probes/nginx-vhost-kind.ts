import type { SingleKind } from '../../../contracts/probe-kind.ts';
import { FLAG, HOST_PORT, once, oneOf, optional, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createNginxVhostProbe, type NginxVhostSpec } from './nginx-vhost.ts';
import { SIGNATURE } from './signature.ts';

const words = wordsOf<NginxVhostSpec>();

export const nginxVhostKind: SingleKind<NginxVhostSpec> = {
  what: 'nginx-vhost',
  about: 'the virtual host answers through the front door with the signature of its own back end',
  example: {
    what: 'nginx-vhost',
    door: { service: 'nginx', port: 8080 },
    host: 'chat.chatops.localhost',
    signature: 'rocketchat',
    webSocket: true,
  },
  words: {
    target: words.target('host', text('HOST')),
    options: [
      words.option('door', 'door', once(HOST_PORT)),
      words.option('signature', 'signature', once(SIGNATURE)),
      words.option('websocket', 'webSocket', FLAG),
      words.option('websocket-path', 'webSocketPath', optional(text('PATH'))),
      words.option('scheme', 'scheme', optional(oneOf('http', 'https'))),
    ],
  },
  create: createNginxVhostProbe,
};
