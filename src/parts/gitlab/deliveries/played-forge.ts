import type { PlayedForge } from '../../../contracts/played-forge.ts';
import { readCaptured } from './captured.ts';
import { deliveryOf, USER_AGENT } from './delivery.ts';
import { SAMPLES } from './samples/index.ts';

export const playedGitLab: PlayedForge = {
  samples: SAMPLES,
  // GitLab sends no payload beyond 25 MB (doc/user/project/integrations/webhooks.md); a page of its log holds twenty.
  largestCapturedMib: 64,
  exampleUrl: 'https://gitlab.example.org',
  exampleConfig: 'gitlab:\n  announce:\n    - { project: chatops/simulated, room: ops }\n',
  play: ({ name, header, build }, context) =>
    deliveryOf({ name, header, payload: build(context), instance: context.forge, userAgent: USER_AGENT }),
  captured: (text, source, forge) => deliveryOf(readCaptured(text, source, forge)),
};
