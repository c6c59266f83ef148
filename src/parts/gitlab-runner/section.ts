import { z } from 'zod';
import { note, text } from '../../config/forms.ts';
import { defineSection, type FileSoFar, sectionOf } from '../../config/section.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import { PULL_POLICIES, RUNNER, type RunnerConfig } from '../../contracts/sections/runner.ts';
import * as names from '../../values/names.ts';

const DEFAULT_JOB_IMAGE = 'alpine:3.22';
const DEFAULT_CONCURRENT = 2;

const scope = z.strictObject({
  project: note(text(names.PROJECT_PATH), 'Full path of the only project the runner serves.'),
  group: note(text(names.GROUP_PATH), 'Full path of the only group the runner serves.'),
});

const patterns = () => z.array(text(names.IMAGE_PATTERN).describe('Pattern.')).min(1).max(100);

const jobs = z.strictObject({
  memory: note(text(names.MEMORY), "Most memory of a job's container, swap included.", '4g'),
  serviceMemory: note(text(names.MEMORY), "Most memory of each of a job's services.", '2g'),
  cpus: note(
    z.number().min(0.01).max(1_000),
    "Most CPUs of a job's container, also a fraction; by default all there are.",
  ),
  pullPolicy: note(
    z.enum(PULL_POLICIES),
    'When the images of jobs are pulled. With another than always, a job may use private images that another project pulled.',
    'always',
  ),
  allowedImages: note(patterns(), 'Images that jobs may name; by default all.'),
  allowedServices: note(patterns(), 'Images that services of jobs may name; by default all.'),
});

const runner = z.strictObject({
  description: note(
    text(names.DISPLAY_NAME),
    'Name of the runner in GitLab, its key for us; by default `<name> runner`.',
  ),
  tags: note(z.array(text(names.RUNNER_TAG).describe('Tag.')).max(50), 'Tags; by default the executor.', ['docker']),
  executor: note(z.enum(['docker', 'shell']), 'How jobs are run.', 'docker'),
  image: note(text(names.IMAGE), 'Image of jobs that name none (docker executor).', DEFAULT_JOB_IMAGE),
  helperImage: note(
    text(names.IMAGE),
    'Image of what clones for each job (docker executor), for a mirror; by default the runner takes the one of its version from registry.gitlab.com.',
  ),
  runUntagged: note(
    z.boolean(),
    'Whether jobs without tags are taken too, of everybody whom it serves. By default only where it has no tags.',
    false,
  ),
  concurrent: note(z.int().min(1).max(1000), 'Jobs at the same time.', DEFAULT_CONCURRENT),
  jobs: note(jobs, 'How far jobs in containers may go (docker executor).'),
  scope: note(
    z.union([z.literal('instance'), scope]),
    'Whom it serves: instance, or one project or group.',
    'instance',
  ),
});

const schema = z.union([z.boolean(), runner]);

/** A scope that names none or both is refused by `rules/runner-scope-names-one.ts`. */
const scopeOf = (written: z.output<typeof runner>['scope']): RunnerConfig['scope'] => {
  if (written === undefined || written === 'instance') return { kind: 'instance' };
  if (written.project !== undefined) return { kind: 'project', path: written.project };
  return written.group === undefined ? { kind: 'instance' } : { kind: 'group', path: written.group };
};

/** Without a GitLab there is nothing a runner could serve. */
const complete = (written: z.output<typeof schema> | undefined, file: FileSoFar): RunnerConfig | undefined => {
  const isAsked = written !== undefined && written !== true;
  if (written === false || (!isAsked && sectionOf(file, FORGE).kind === 'none')) return undefined;
  const full: z.output<typeof runner> = isAsked ? written : {};
  const executor = full.executor ?? 'docker';
  const tags = full.tags ?? [executor];
  return {
    description: full.description ?? `${file.name} runner`,
    tags,
    executor,
    image: full.image ?? DEFAULT_JOB_IMAGE,
    ...(full.helperImage === undefined ? {} : { helperImage: full.helperImage }),
    runUntagged: full.runUntagged ?? tags.length === 0,
    concurrent: full.concurrent ?? DEFAULT_CONCURRENT,
    jobs: full.jobs ?? {},
    scope: scopeOf(full.scope),
  };
};

export const runnerSection = defineSection({
  key: 'runner',
  schema,
  about: 'The CI runner; false: none.',
  byDefault: true,
  as: RUNNER,
  complete,
  sample: `# The CI runner; \`runner: false\` for none.
runner:
  # description: chatops runner
  tags: [docker]
  # docker or shell
  executor: docker
  # Image of jobs that name none.
  image: ${DEFAULT_JOB_IMAGE}
  # helperImage: mirror.example.org/gitlab-runner-helper:x86_64-v19.3.0   # left out: from registry.gitlab.com
  # Whether jobs without tags are taken: those of everybody it serves.
  runUntagged: false
  # Jobs at the same time.
  concurrent: ${DEFAULT_CONCURRENT}
  # How far jobs in containers may go.
  # jobs: { memory: 4g, serviceMemory: 2g, cpus: 2, pullPolicy: always,
  #   allowedImages: ["alpine:*"], allowedServices: ["postgres:*"] }
  # instance, or {group: <path>}, or {project: <path>}
  scope: instance
`,
});
