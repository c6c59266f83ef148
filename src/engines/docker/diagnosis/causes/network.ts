/** Names and front doors. */
import { lineWith, type Recogniser } from '../symptoms.ts';

export const nginxRefused: Recogniser = {
  name: 'nginx configuration',
  hopeless: true,
  recognise: ({ role, log }) => {
    if (role !== 'nginx' || !/\[emerg\]/.test(log)) return undefined;
    return {
      what: `nginx does not take its configuration: ${lineWith(log, /\[emerg\]/)}`,
      next: /cannot load certificate/.test(log)
        ? 'check `tls:` in chatops.yaml: both files must be PEM and belong together'
        : 'nginx.conf is rendered: run `chatops-up render`; a file edited by hand is put back by it',
    };
  },
};

export const nothingListens: Recogniser = {
  name: 'nothing listens',
  recognise: ({ code, exit, said, service }) =>
    code === 'GATE_TIMED_OUT' && exit === undefined && /ECONNREFUSED|connection refused|nothing listens/i.test(said)
      ? {
          what: `the process of ${service} runs, and nothing in it has opened its port: it still starts, hangs, or is another program than it should be`,
          next: `read its log; check its image under \`images:\`; give it longer with \`timeouts: { … }\` in chatops.yaml`,
        }
      : undefined,
};
