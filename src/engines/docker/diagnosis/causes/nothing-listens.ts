import type { Recogniser } from '../../../../contracts/cause.ts';

export const nothingListens: Recogniser = {
  name: 'nothing listens',
  explains: 'patience',
  recognise: ({ code, exit, said, service }) =>
    code === 'GATE_TIMED_OUT' && exit === undefined && /ECONNREFUSED|connection refused|nothing listens/i.test(said)
      ? {
          what: `the process of ${service} runs, and nothing in it has opened its port: it still starts, hangs, or is another program than it should be`,
          next: `read its log; check its image under \`images:\`; give it longer with \`timeouts: { … }\` in chatops.yaml`,
        }
      : undefined,
};
