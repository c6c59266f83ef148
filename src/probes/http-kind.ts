import type { SingleKind } from '../contracts/probe-kind.ts';
import { byDefault, parseHttpUrl, SERVER, STATUS, wordsOf } from '../contracts/probe-words.ts';
import { createHttpProbe, type HttpSpec } from './http.ts';

const words = wordsOf<HttpSpec>();

const SERVER_AND_PATH = /^([^/]+\/\/[^/?#]*)(.*)$/s;

export const httpKind: SingleKind<HttpSpec> = {
  what: 'http',
  about: 'the path answers with exactly this status',
  example: {
    what: 'http',
    target: { kind: 'service', endpoint: { service: 'wiki', port: 80 } },
    path: '/-/liveness',
    status: 200,
  },
  words: {
    // One word for two fields: the server, and what is asked of it.
    target: {
      shown: 'URL',
      write: ({ target, path }) => `${SERVER.write(target)}${path}`,
      read: (text) => {
        parseHttpUrl(text);
        // Cut out of the text itself: a URL's `origin` leaves out a port that its scheme implies.
        const [, url = '', path = ''] = SERVER_AND_PATH.exec(text) ?? [];
        return { target: { kind: 'url', url }, path: path || '/' };
      },
      endpoints: ({ target }) => (target.kind === 'service' ? [target.endpoint] : []),
    },
    options: [words.option('status', 'status', byDefault(STATUS, 200))],
  },
  create: createHttpProbe,
};
