import { describe, expect, it } from 'vitest';
import type { Job } from '../../../../src/contracts/job.ts';
import { provide, withClients } from '../../../../src/contracts/ports.ts';
import { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import { RUNNER_CONFIG } from '../../../../src/parts/gitlab-runner/runner-config.ts';
import { createRunnerRegistrationJob } from '../../../../src/parts/gitlab-runner/setup/runner-registration.ts';
import type { RunnerRegistrationSpec } from '../../../../src/parts/gitlab-runner/setup/spec.ts';
import { changeLines, failure, MARK, run, runnerSpec } from '../../../builders/gitlab-jobs.ts';
import { createWorld, TEMPLATE, type World } from '../../../builders/gitlab-ports.ts';
import { createFakeGitLab } from '../../../fakes/fake-gitlab.ts';
import type { createVirtualClock } from '../../../fakes/virtual-clock.ts';

const up = (world: World, spec: RunnerRegistrationSpec = runnerSpec()) =>
  run(createRunnerRegistrationJob(spec, world.ports) as Job);

const NOTE = `Made by ${MARK}. Change it in chatops.yaml.`;

const registered = async (): Promise<World> => {
  const world = createWorld();
  await up(world);
  world.gitlab.calls.length = 0;
  world.file.writes = 0;
  return world;
};

const tokenInFile = ({ file }: World) => /token = "(.*)"/.exec(file.text ?? '')?.[1];

describe('registering a runner', () => {
  it('makes one with our mark and writes its token into config.toml', async () => {
    const world = createWorld();
    expect(changeLines(await up(world))).toEqual(['create runner ops runner']);
    const [runner] = world.gitlab.runners;
    expect(runner).toMatchObject({ tags: ['docker'], maintenanceNote: NOTE });
    expect(world.file.text).toBe(
      TEMPLATE.replace(
        '[[runners]]',
        `[[runners]]\n  id = ${runner?.id}\n  token = "${runner?.token}"\n  token_obtained_at = 2026-01-01T00:00:00Z\n  token_expires_at = 0001-01-01T00:00:00Z`,
      ),
    );
  });

  it('the second run makes none and writes nothing', async () => {
    const world = await registered();
    expect(changeLines(await up(world))).toEqual([]);
    expect(world.gitlab.writes()).toEqual([]);
    expect(world.file.writes).toBe(0);
    expect(world.gitlab.runners).toHaveLength(1);
  });

  it('reads only the one runner whose token lives, whatever others there are', async () => {
    const world = await registered();
    for (let n = 0; n < 50; n += 1) world.gitlab.addRunner({ description: `other ${n}` });
    await up(world);
    expect(world.gitlab.calls.filter((call) => call !== 'read ownToken' && call !== 'read currentUser')).toEqual([
      'read verifyRunner',
      'read showRunner',
    ]);
  });

  it('does not rename its runner to the description of one that a user made', async () => {
    const world = await registered();
    const theirs = world.gitlab.addRunner({ description: 'their runner' });
    const spec = runnerSpec();
    const refused = await failure(up(world, { ...spec, runner: { ...spec.runner, description: 'their runner' } }));
    expect(refused.code).toBe('CONFLICT');
    expect(refused.why).toContain(`runner ${theirs.id} has this description and was not made by this stack`);
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('says of a runner of another stack whose it is', async () => {
    const world = await registered();
    world.gitlab.addRunner({ description: 'their runner', maintenanceNote: 'Made by chatops-up:other.' });
    const spec = runnerSpec();
    const refused = await failure(up(world, { ...spec, runner: { ...spec.runner, description: 'their runner' } }));
    expect(refused.why).toContain('it belongs to the stack other, which made it');
    expect(refused.next).toContain('set `name: other` back');
  });

  it('a token lost before it was on disk costs a new token, not a second runner', async () => {
    const world = createWorld();
    world.gitlab.fault = (when, write) => {
      if (when === 'after' && write === 'createRunner') throw new Error('killed');
    };
    await expect(up(world)).rejects.toThrow('killed');
    world.gitlab.fault = undefined;
    expect(changeLines(await up(world))).toEqual(['update runner token ops runner']);
    expect(world.gitlab.runners).toHaveLength(1);
    expect(tokenInFile(world)).toBe(world.gitlab.runners[0]?.token);
  });

  it('a GitLab that cannot say whether the token lives stops the job; nothing is made or reset', async () => {
    const world = await registered();
    world.gitlab.verifyFault = new ChatopsError('UNEXPECTED_ANSWER', { what: 'GitLab answers 502' });
    expect((await failure(up(world))).what).toBe('GitLab answers 502');
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('only a dead token is replaced, by a new one for the same runner', async () => {
    const world = await registered();
    const [runner] = world.gitlab.runners;
    if (runner) runner.token = 'glrt-reset-by-a-person';
    const outcome = await up(world);
    expect(outcome.changes).toMatchObject([{ action: 'update', resource: 'runner token' }]);
    expect(outcome.changes[0]?.cause).toContain('does not know the token');
    expect(tokenInFile(world)).toBe(runner?.token);
    expect(world.gitlab.runners).toHaveLength(1);
  });

  it('makes a new one when a user deleted ours', async () => {
    const world = await registered();
    world.gitlab.runners.length = 0;
    expect(changeLines(await up(world))).toEqual(['create runner ops runner']);
    expect(tokenInFile(world)).toBe(world.gitlab.runners[0]?.token);
  });

  it('takes the newest of several of ours and names the others', async () => {
    const world = createWorld();
    const older = world.gitlab.addRunner({ description: 'ops runner', maintenanceNote: NOTE, tags: ['docker'] });
    const newer = world.gitlab.addRunner({ description: 'ops runner', maintenanceNote: NOTE, tags: ['docker'] });
    const outcome = await up(world);
    expect(outcome.warnings).toMatchObject([expect.stringContaining(`runners ${older.id} are ours`)]);
    expect(tokenInFile(world)).toBe(newer.token);
    expect(world.gitlab.runners).toHaveLength(2);
  });

  describe('whose mark a runner bears that another process works with', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const ago = (ms: number): string => new Date(now - ms).toISOString();
    const shared = (contactedAt: string | undefined, systemId = 's_other'): World => {
      const world = createWorld();
      world.gitlab.addRunner({ description: 'ops runner', maintenanceNote: NOTE, tags: ['docker'] });
      world.gitlab.managers = [{ systemId, version: '19.3.0', contactedAt }];
      return world;
    };
    const inOurGitLab = (): RunnerRegistrationSpec => {
      const spec = runnerSpec();
      return { ...spec, work: { ...spec.work, inside: { cloneUrl: 'http://gitlab', network: 'ops_ci' } } };
    };

    it('gets the error that a stack of the same name has it; its token stays', async () => {
      const world = shared(ago(60_000));
      const error = await failure(up(world));
      expect(error.code).toBe('CONFLICT');
      expect(error.why).toContain('another process worked with it at 2025-12-31T23:59:00.000Z');
      expect(error.next).toContain('a stack that is called ops too has it: choose another `name`');
      expect(world.gitlab.writes()).toEqual([]);
    });

    it.each([
      ['the process was its own', () => shared(ago(60_000), 's_own'), runnerSpec],
      ['none has for more than an hour', () => shared(ago(3_600_001)), runnerSpec],
      ['none ever did', () => shared(undefined), runnerSpec],
      ['the GitLab is its own', () => shared(ago(60_000)), inOurGitLab],
    ])('gets a new token for it where %s', async (_, made, spec) => {
      const world = made();
      world.systemId = 's_own';
      expect(changeLines(await up(world, spec()))).toEqual(['update runner token ops runner']);
    });
  });

  it('does not take over a runner that a user gave the same description', async () => {
    const world = createWorld();
    const theirs = { ...world.gitlab.addRunner({ description: 'ops runner', maintenanceNote: 'mine' }) };
    const error = await failure(up(world));
    expect(error.code).toBe('CONFLICT');
    expect(error.next).toContain('another runner.description');
    expect(world.gitlab.runners).toEqual([theirs]);
    expect(world.gitlab.writes()).toEqual([]);
    expect(world.file.text).toBeUndefined();
  });

  it('does not take over a runner whose token a user put into config.toml', async () => {
    const world = createWorld();
    const theirs = world.gitlab.addRunner({ description: 'theirs' });
    world.file.text = TEMPLATE.replace('[[runners]]', `[[runners]]\ntoken = "${theirs.token}"`);
    const error = await failure(up(world));
    expect(error.code).toBe('CONFLICT');
    expect(error.message).not.toContain(theirs.token);
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('for a project that GitLab does not show is a conflict', async () => {
    const spec = runnerSpec({ scope: { kind: 'project', path: 'ops/app' } });
    expect((await failure(up(createWorld(), spec))).code).toBe('CONFLICT');
  });

  it('for a project is made there, by somebody who need not be an administrator', async () => {
    const world = createWorld(createFakeGitLab({ projects: [{ path: 'ops/app' }], admin: false }));
    await up(world, runnerSpec({ scope: { kind: 'project', path: 'ops/app' } }));
    expect(world.gitlab.runners).toMatchObject([{ type: 'project' }]);
  });

  it('for the instance needs an administrator, and says so', async () => {
    const error = await failure(up(createWorld(createFakeGitLab({ admin: false }))));
    expect(error.code).toBe('PERMISSION_MISSING');
    expect(error.what).toContain('not an administrator');
  });

  it('works with a token made for runners alone', async () => {
    const scopes = ['create_runner', 'manage_runner', 'read_api'];
    const world = createWorld(createFakeGitLab({ scopes }));
    await up(world);
    expect(world.gitlab.runners).toHaveLength(1);
  });

  it('names the scope that a token lacks', async () => {
    const error = await failure(up(createWorld(createFakeGitLab({ scopes: ['create_runner'] }))));
    expect(error.what).toContain('lacks scope `api`');
  });
});

describe('a token that expires', () => {
  const END = '2026-02-01T00:00:00.000Z';
  const AFTER = '2026-03-01T00:00:00.000Z';
  const expiring = async (): Promise<World> => {
    const world = createWorld();
    world.gitlab.tokenEnd = END;
    await up(world);
    world.gitlab.calls.length = 0;
    world.file.writes = 0;
    return world;
  };
  /** As the runner does it by itself: a new token, new dates, the rest of its file. */
  const renew = ({ gitlab, file }: World): void => {
    const [runner] = gitlab.runners;
    if (runner) runner.token = 'glrt-renewed';
    gitlab.tokenEnd = AFTER;
    file.text = file.text
      ?.replace(/token = ".*"/, 'token = "glrt-renewed"')
      .replace(/token_obtained_at = .*/, 'token_obtained_at = 2026-01-24T00:00:00Z')
      .replace(/token_expires_at = .*/, 'token_expires_at = 2026-03-01T00:00:00Z');
  };

  it('is written down with both its moments, so that the runner renews it by itself', async () => {
    const { file } = await expiring();
    expect(file.text).toContain('token_obtained_at = 2026-01-01T00:00:00Z\n  token_expires_at = 2026-02-01T00:00:00Z');
  });

  it('that the runner has renewed is left alone, file and all', async () => {
    const world = await expiring();
    renew(world);
    const before = world.file.text;
    expect(changeLines(await up(world))).toEqual([]);
    expect(world.file.text).toBe(before);
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('that the runner has renewed is kept with its moments when something around it changes', async () => {
    const world = await expiring();
    renew(world);
    world.file.template = TEMPLATE.replace('concurrent = 2', 'concurrent = 4');
    await up(world);
    expect(tokenInFile(world)).toBe('glrt-renewed');
    expect(world.file.text).toContain(
      'token_obtained_at = 2026-01-24T00:00:00Z\n  token_expires_at = 2026-03-01T00:00:00Z',
    );
    expect(world.file.text).toContain('concurrent = 4');
  });

  it('that the runner renews between our look and our question is not taken for a revoked one', async () => {
    const world = await expiring();
    const read = world.ports.client(RUNNER_CONFIG).read;
    let looks = 0;
    const ports = withClients(
      world.ports,
      provide(RUNNER_CONFIG, {
        ...world.ports.client(RUNNER_CONFIG),
        read: async () => {
          const text = await read();
          if (looks++ === 0) renew(world);
          return text;
        },
      }),
    );
    expect(changeLines(await run(createRunnerRegistrationJob(runnerSpec(), ports) as Job))).toEqual([]);
    expect(tokenInFile(world)).toBe('glrt-renewed');
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('that the runner renews while its file is written anew is the one that stays', async () => {
    const world = await expiring();
    world.file.template = TEMPLATE.replace('concurrent = 2', 'concurrent = 4');
    const { template } = world.ports.client(RUNNER_CONFIG);
    let asked = 0;
    const ports = withClients(
      world.ports,
      provide(RUNNER_CONFIG, {
        ...world.ports.client(RUNNER_CONFIG),
        template: async () => {
          // The first look compares, the second one is for the writing.
          if (asked++ === 1) renew(world);
          return template();
        },
      }),
    );
    await run(createRunnerRegistrationJob(runnerSpec(), ports) as Job);
    expect(asked).toBeGreaterThan(2);
    expect(tokenInFile(world)).toBe('glrt-renewed');
    expect(world.file.text).toContain('concurrent = 4');
  });

  it('and whose file does not say so, as 0.1 wrote it, is kept and its end is written down', async () => {
    const world = await registered();
    const before = tokenInFile(world);
    world.file.text = world.file.text?.replace(/ {2}token_.*\n/g, '');
    world.gitlab.tokenEnd = END;
    const outcome = await up(world);
    expect(outcome.changes).toMatchObject([{ resource: 'runner file', cause: expect.stringContaining(END) }]);
    expect(tokenInFile(world)).toBe(before);
    expect(world.file.text).toContain('token_expires_at = 2026-02-01T00:00:00Z');
    expect(changeLines(await up(world))).toEqual([]);
  });

  it('soon and was not renewed is warned of', async () => {
    const world = await expiring();
    expect((await up(world)).warnings).toEqual([]);
    (world.ports.clock as ReturnType<typeof createVirtualClock>).advance(28 * 24 * 60 * 60_000);
    expect((await up(world)).warnings).toEqual([
      expect.stringMatching(
        /^runner \d+: its token expires at 2026-02-01T00:00:00.000Z and the runner has not renewed it$/,
      ),
    ]);
  });

  it('is known again in an older copy of the file, and replaced', async () => {
    const world = await expiring();
    const older = world.file.text;
    renew(world);
    world.file.text = older;
    const outcome = await up(world);
    expect(outcome.changes).toMatchObject([{ resource: 'runner token' }]);
    expect(tokenInFile(world)).toBe(world.gitlab.runners[0]?.token);
    expect(world.gitlab.runners).toHaveLength(1);
  });
});

describe('changing a runner', () => {
  it('one more tag is exactly one write', async () => {
    const world = await registered();
    const outcome = await up(world, runnerSpec({ tags: ['docker', 'linux'] }));
    expect(outcome.changes).toMatchObject([
      { action: 'update', resource: 'runner', cause: 'runner: wants tags docker, linux; it has docker' },
    ]);
    expect(world.gitlab.writes()).toEqual(['write editRunner']);
    expect(world.file.writes).toBe(0);
  });

  it('the order of tags is no change', async () => {
    const world = await registered();
    await up(world, runnerSpec({ tags: ['a', 'b'] }));
    world.gitlab.calls.length = 0;
    await up(world, runnerSpec({ tags: ['b', 'a'] }));
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('a new rendering of config.toml is written with the valid token', async () => {
    const world = await registered();
    const before = tokenInFile(world);
    world.file.template = TEMPLATE.replace('concurrent = 2', 'concurrent = 4');
    expect(changeLines(await up(world))).toEqual(['update runner file config.toml']);
    expect(tokenInFile(world)).toBe(before);
    expect(world.file.text).toContain('concurrent = 4');
    expect(world.gitlab.writes()).toEqual([]);
  });

  it('a second block that `gitlab-runner register` appended is no change, and stays when ours is written', async () => {
    const world = await registered();
    const twin = '\n[[runners]]\nname = "twin"\ntoken = "glrt-twin"\nexecutor = "shell"\n';
    world.file.text += twin;
    expect(changeLines(await up(world))).toEqual([]);
    world.file.template = TEMPLATE.replace('concurrent = 2', 'concurrent = 4');
    await up(world);
    expect(world.file.text).toContain('concurrent = 4');
    expect(world.file.text?.endsWith(twin)).toBe(true);
  });

  it('a block of a runner that a user registered is not taken for ours where ours is gone', async () => {
    const world = await registered();
    const theirs = world.gitlab.addRunner({ description: 'by hand' });
    const block = `[[runners]]\nname = "by hand"\nurl = "http://gitlab"\ntoken = "${theirs.token}"\nexecutor = "shell"\n`;
    world.file.text = block;
    expect(changeLines(await up(world))).toEqual(['update runner token ops runner']);
    expect(world.file.text).toContain(block);
    expect(tokenInFile(world)).toBe(world.gitlab.runners[0]?.token);
    expect(world.gitlab.runners).toHaveLength(2);
  });

  it('another description is written into our block, which is known by its runner', async () => {
    const world = await registered();
    const before = tokenInFile(world);
    world.file.template = TEMPLATE.replace('ops runner', 'new runner');
    const spec = runnerSpec();
    await up(world, { ...spec, runner: { ...spec.runner, description: 'new runner' } });
    expect(world.file.text?.match(/^name = .*$/gm)).toEqual(['name = "new runner"']);
    expect(tokenInFile(world)).toBe(before);
    expect(world.gitlab.runners).toMatchObject([{ description: 'new runner' }]);
  });

  it('what the runner itself adds to the file, comments and layout are no drift', async () => {
    const world = await registered();
    world.file.text = `# by hand\n${world.file.text?.replace('[runners.docker]', 'output_limit = 0\n\n[runners.docker]\nshm_size = 0')}`;
    await up(world);
    expect(world.file.writes).toBe(0);
  });

  it('a config.toml that is no TOML any more is not written over: it may hold what is not ours', async () => {
    const world = await registered();
    world.file.text = '[[runners\n';
    const error = await failure(up(world));
    expect(error.code).toBe('STATE_DAMAGED');
    expect(error.next).toContain('move it away');
    expect(world.file.text).toBe('[[runners\n');
    expect(world.gitlab.writes()).toEqual([]);
  });

  describe('of another scope, which GitLab cannot change', () => {
    const forProject = runnerSpec({ scope: { kind: 'project', path: 'ops/app' } });
    const registered = async () => {
      const world = createWorld(createFakeGitLab({ projects: [{ path: 'ops/app' }] }));
      await up(world);
      return world;
    };

    it('takes a new one, and the one before goes', async () => {
      const world = await registered();
      expect(changeLines(await up(world, forProject))).toEqual([
        'delete runner ops runner',
        'create runner ops runner',
      ]);
      expect(world.gitlab.runners).toMatchObject([{ type: 'project', description: 'ops runner' }]);
      expect(changeLines(await up(world, forProject))).toEqual([]);
    });

    it('is finished by the next run when this one is killed between the two', async () => {
      const world = await registered();
      world.gitlab.runners.splice(0, 1);
      await up(world, forProject);
      expect(world.gitlab.runners).toMatchObject([{ type: 'project' }]);
    });

    it('is left alone where there is nothing to serve', async () => {
      const world = await registered();
      const error = await failure(up(world, runnerSpec({ scope: { kind: 'group', path: 'nobody' } })));
      expect(error.code).toBe('CONFLICT');
      expect(world.gitlab.runners).toMatchObject([{ type: 'instance' }]);
    });
  });
});
