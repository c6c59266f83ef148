import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { duration, flag, path } from '../../programs/descriptors/option-kinds.ts';
import { PUBLIC_ONLY } from './public-only.ts';

export const smoke = describeCommand({
  name: 'smoke',
  about: 'prove a live stack link by link; exit status 0 or 1, for pipelines',
  group: 'Looking at it',
  readMore: 'ci.md',
  args: {},
  options: {
    loop: flag('also push → pipeline → runner → webhook → message, on a scratch project that is removed'),
    junit: path('<file>', 'write a JUnit report'),
    deadline: duration('for all of it', '2m'),
    public: PUBLIC_ONLY,
  },
  examples: ['smoke --loop --junit report.xml'],
  load: async () => {
    const { smokeCommand } = await import('../commands/smoke.ts');
    return (invocation, { deadline, ...options }) => smokeCommand(invocation, { ...options, deadlineMs: deadline });
  },
});
