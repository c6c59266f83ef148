/** Pure: a valid token is kept, a lost one is replaced, a new runner is made only where none of ours is. */

import type { ForgeRunner } from '../../../contracts/forge-runners.ts';
import type { Conflict, Decision } from '../../../contracts/job.ts';
import { ofOtherStack, stackMarkedIn } from '../../../stack/names.ts';
import { type FileSeen, isOurs, type RunnerChange, type RunnerSeen, wantedRunner } from './model.ts';
import type { RunnerRegistrationSpec } from './spec.ts';

const none: Decision<RunnerChange> = { changes: [], conflicts: [], warnings: [] };

const WHY_NO_TOKEN: Readonly<Record<FileSeen['state'], string>> = {
  missing: 'there is no config.toml',
  'no-token': 'config.toml holds no token of ours',
  'dead-token': 'GitLab does not know the token in config.toml any more',
  'valid-token': '',
};

const tagsText = (tags: readonly string[]): string => (tags.length === 0 ? 'none' : tags.join(', '));

/** The order of tags means nothing, to GitLab and to us. */
const sameTags = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.toSorted().join('\n') === b.toSorted().join('\n');

const differences = (seen: ForgeRunner, spec: RunnerRegistrationSpec): readonly string[] => {
  const { tags, runUntagged, description } = spec.runner;
  return [
    ...(seen.description === description ? [] : [`its description is "${seen.description}"`]),
    ...(sameTags(seen.tags, tags) ? [] : [`wants tags ${tagsText(tags)}; it has ${tagsText(seen.tags)}`]),
    ...(seen.runUntagged === runUntagged
      ? []
      : [runUntagged ? 'takes untagged jobs now, it did not' : 'takes no untagged jobs any more, it did']),
  ];
};

const decideEdit = (seen: ForgeRunner, spec: RunnerRegistrationSpec): readonly RunnerChange[] => {
  const different = differences(seen, spec);
  if (different.length === 0) return [];
  return [
    {
      what: 'edit',
      action: 'update',
      resource: 'runner',
      name: spec.runner.description,
      cause: `runner: ${different.join('; ')}`,
      id: seen.id,
      runner: wantedRunner(spec),
    },
  ];
};

const notOurs = (seen: ForgeRunner, spec: RunnerRegistrationSpec, why: string, otherwise: string): Conflict => {
  const other = stackMarkedIn(seen.maintenanceNote);
  return {
    resource: 'runner',
    name: spec.runner.description,
    ...(other === undefined
      ? {
          why,
          next: `${otherwise}, or write \`${wantedRunner(spec).maintenanceNote}\` into the maintenance note of runner ${seen.id} to hand it over`,
        }
      : ofOtherStack(other)),
  };
};

/** Two runners of one description could not be told apart by a user, nor by the runner's probe. */
const takenBy = (spec: RunnerRegistrationSpec, { alike }: RunnerSeen): Conflict | undefined => {
  const theirs = alike.find((runner) => !isOurs(runner, spec.mark));
  if (theirs === undefined) return undefined;
  const said = `runner ${theirs.id} has this description and was not made by this stack`;
  return notOurs(theirs, spec, said, 'choose another runner.description');
};

/** The token in the file is the runner's own, which may have renewed it: it is kept whatever changes around it. */
const decideRewrite = ({ asRendered, unsaidExpiry, own }: RunnerSeen['file']): readonly RunnerChange[] => {
  const causes = [
    ...(asRendered ? [] : ['it is not as rendered']),
    ...(unsaidExpiry === undefined
      ? []
      : [`its token expires at ${unsaidExpiry}, which it does not say, so the runner would not renew it`]),
  ];
  if (causes.length === 0) return [];
  const cause = `${causes.join('; ')}; the token in it is kept`;
  return [{ what: 'rewrite', action: 'update', resource: 'runner file', name: 'config.toml', cause, own }];
};

const scopeText = ({ scope }: RunnerRegistrationSpec['runner']): string =>
  scope.kind === 'instance' ? 'the instance' : `${scope.kind} ${scope.path}`;

/**
 * A runner's scope cannot be changed (docs.gitlab.com, "Manage runners"). The one before goes first: killed in between,
 * the next run finds a token that GitLab does not know any more, and makes a new runner.
 */
const replace = (spec: RunnerRegistrationSpec, { own }: FileSeen, registered: ForgeRunner): readonly RunnerChange[] => {
  const name = spec.runner.description;
  const cause = `it is for ${registered.type === 'instance' ? 'the whole instance' : `another ${registered.type}`}, and the one wanted for ${scopeText(spec.runner)}`;
  return [
    { what: 'delete', action: 'delete', resource: 'runner', name, cause, id: registered.id },
    { what: 'create', action: 'create', resource: 'runner', name, cause, runner: wantedRunner(spec), own },
  ];
};

const decideRegistered = (
  spec: RunnerRegistrationSpec,
  seen: RunnerSeen,
  registered: ForgeRunner,
): Decision<RunnerChange> => {
  if (!isOurs(registered, spec.mark)) {
    const why = `config.toml holds the token of runner ${registered.id}, which this stack did not make`;
    return { ...none, conflicts: [notOurs(registered, spec, why, 'take the token out of config.toml')] };
  }
  const taken = takenBy(spec, seen);
  if (taken) return { ...none, conflicts: [taken] };
  if (registered.type !== spec.runner.scope.kind) return { ...none, changes: replace(spec, seen.file, registered) };
  return {
    ...none,
    warnings: seen.file.overdue === undefined ? [] : [`runner ${registered.id}: ${seen.file.overdue}`],
    changes: [...decideEdit(registered, spec), ...decideRewrite(seen.file)],
  };
};

const worksElsewhere = ({ mark, runner }: RunnerRegistrationSpec, { id }: ForgeRunner, at: string): Conflict => ({
  resource: 'runner',
  name: runner.description,
  why: `runner ${id} bears the name of this stack's, and another process worked with it at ${at}: a new token would end that`,
  next: `a stack that is called ${stackMarkedIn(mark)} too has it: choose another \`name\` in chatops.yaml; if its config.toml was this stack's and is lost, delete runner ${id} in GitLab, or wait an hour`,
});

const decideUnregistered = (spec: RunnerRegistrationSpec, seen: RunnerSeen): Decision<RunnerChange> => {
  const { description } = spec.runner;
  const why = WHY_NO_TOKEN[seen.file.state];
  const [newest, ...older] = seen.alike.filter((runner) => isOurs(runner, spec.mark));
  if (newest && seen.usedElsewhere !== undefined) {
    return { ...none, conflicts: [worksElsewhere(spec, newest, seen.usedElsewhere)] };
  }
  if (newest) {
    const warnings =
      older.length === 0
        ? []
        : [
            `runners ${older.map(({ id }) => id).join(', ')} are ours and called "${description}" too; ` +
              `runner ${newest.id} is used: delete the others in GitLab`,
          ];
    const reset: RunnerChange = {
      what: 'reset',
      action: 'update',
      resource: 'runner token',
      name: description,
      cause: `${why}; runner ${newest.id} is ours and gets a new one`,
      id: newest.id,
      own: seen.file.own,
    };
    return { ...none, warnings, changes: [reset, ...decideEdit(newest, spec)] };
  }
  const taken = takenBy(spec, seen);
  if (taken) return { ...none, conflicts: [taken] };
  return {
    ...none,
    changes: [
      {
        what: 'create',
        action: 'create',
        resource: 'runner',
        name: description,
        cause: `${why}, and GitLab has no runner of ours`,
        runner: wantedRunner(spec),
        own: seen.file.own,
      },
    ],
  };
};

export const decide = (spec: RunnerRegistrationSpec, seen: RunnerSeen): Decision<RunnerChange> => {
  const { scope } = spec.runner;
  if (!seen.scopeExists && scope.kind !== 'instance') {
    const why = `GitLab shows no ${scope.kind} ${scope.path} to this token`;
    const next = `correct runner.scope, or create the ${scope.kind}`;
    return { ...none, conflicts: [{ resource: scope.kind, name: scope.path, why, next }] };
  }
  return seen.registered ? decideRegistered(spec, seen, seen.registered) : decideUnregistered(spec, seen);
};
