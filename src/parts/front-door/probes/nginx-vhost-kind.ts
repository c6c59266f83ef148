import type { Form, SingleKind } from '../../../contracts/probe-kind.ts';
import { FLAG, HOST_PORT, misread, once, oneOf, optional, text, wordsOf } from '../../../contracts/probe-words.ts';
import { createNginxVhostProbe, type NginxVhostSpec } from './nginx-vhost.ts';
import { readSignature, SIGNATURE_NAMES } from './signature.ts';

const words = wordsOf<NginxVhostSpec>();

/** How a host's back end is known. */
export const SIGNATURE: Form<string> = {
  shown: `${SIGNATURE_NAMES.join('|')}|'/PATH [STATUS] [HEADER[: VALUE]]'`,
  write: (value) => value,
  read: (given) => {
    if (readSignature(given) !== undefined) return given;
    throw misread(`${JSON.stringify(given)} is none of ${SIGNATURE_NAMES.join(', ')}, and no path that begins with /`);
  },
};

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
      words.option('scheme', 'scheme', optional(oneOf('http', 'https'))),
    ],
  },
  create: createNginxVhostProbe,
};
