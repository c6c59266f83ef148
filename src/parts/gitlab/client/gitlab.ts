import type { Clock } from '../../../contracts/clock.ts';
import type { Http } from '../../../contracts/http.ts';
import type { GitLabPort } from '../gitlab.ts';
import { createHooksPart } from './hooks.ts';
import { createInstancePart } from './instance.ts';
import { createProjectsPart } from './projects.ts';
import { createRunnersPart } from './runners.ts';
import { createScratchPart } from './scratch.ts';
import { createSession } from './session.ts';

/** GitLab over its REST API (15.11 and later) by @gitbeaker/rest. Waits for rate limits by `clock`. */
export const createGitLab = (http: Http, clock: Clock): GitLabPort => ({
  connect: (access) => {
    const session = createSession(http, clock, access);
    return {
      ...createInstancePart(session),
      ...createProjectsPart(session),
      ...createHooksPart(session),
      ...createRunnersPart(session),
      ...createScratchPart(session),
    };
  },
});
