import { browsersConnectTo } from './blocked-port.ts';
import type { Rule } from './rule.ts';

/** Where people meet the front door. */
export const portsOpenInBrowsers: Rule = {
  name: 'ports-open-in-browsers',
  reads: ['ports.http', 'ports.https', 'public', 'tls'],
  check: ({ config: { ports, tls, public: outer } }) => [
    ...browsersConnectTo(['ports', 'http'], ports.http),
    ...(tls === undefined ? [] : browsersConnectTo(['ports', 'https'], ports.https)),
    ...(outer === undefined ? [] : browsersConnectTo(['public', 'port'], outer.port)),
  ],
};
