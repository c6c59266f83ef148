/** An existing GitLab: only the jobs that concern it run, with a project's token, and nothing else is asked of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aStack, type Ended, type TestStack } from '../helpers/cli.ts';
import { freePort } from '../helpers/free-port.ts';
import { call, type StartedGitLab, startGitLab } from '../standins/gitlab/start-gitlab.ts';

const PROJECT = '/projects/people%2Fapp';

/** The kinds of requests that reached GitLab, each once, ids as `:id`; the runner's own polling left out. */
const asked = ({ server }: StartedGitLab, from: number): readonly string[] => [
  ...new Set(
    server.ledger
      .entries()
      .slice(from)
      .filter(({ kind }) => kind !== 'traffic')
      .map(({ what }) => what.replaceAll(/\/\d+(?=\/|$)/g, '/:id').replace('/api/v4', '')),
  ),
];

const writesSince = ({ server }: StartedGitLab, from: number): readonly string[] =>
  server.ledger
    .entries()
    .slice(from)
    .filter(({ kind }) => kind === 'write')
    .map(({ what }) => what);

const count = ({ server }: StartedGitLab): number => server.ledger.entries().length;

/** A GitLab of other people: two projects, one of which is ours to announce; Mary maintains it. */
const anExistingGitLab = async (): Promise<StartedGitLab> => {
  const gitlab = await startGitLab();
  const { controls } = gitlab.server;
  controls.addProject('people/app');
  controls.addProject('people/secret');
  for (const username of ['mary', 'dan', 'rita']) controls.addUser({ username });
  controls.giveRole('mary', 'people/app', 'maintainer');
  controls.giveRole('dan', 'people/app', 'developer');
  controls.giveRole('rita', 'people/app', 'reporter');
  await call(gitlab, 'POST', `${PROJECT}/repository/commits`, {
    branch: 'main',
    commit_message: 'Begin',
    actions: [{ action: 'create', file_path: 'README.md', content: 'theirs' }],
  });
  return gitlab;
};

describe('an existing GitLab', () => {
  let gitlab: StartedGitLab;
  let stack: TestStack;
  let ports: string;
  let valid: string;

  const config = (runner: string, events = 'push'): string =>
    `name: demo\nchat: { rooms: [ops] }\ngitlab:\n  url: ${gitlab.url}\n  announce:\n    - { project: people/app, room: ops, events: [${events}] }\nrunner: ${runner}\n${ports}`;
  const PROJECT_RUNNER = '{ description: app runner, tags: [app], executor: shell, scope: { project: people/app } }';

  const useToken = (token: string): void => {
    const rest = stack.read('.env').replace(/^CHATOPS_GITLAB_TOKEN=.*\n/m, '');
    stack.write('.env', `${rest}CHATOPS_GITLAB_TOKEN=${token}\n`);
  };

  beforeAll(async () => {
    gitlab = await anExistingGitLab();
    const http = await freePort();
    // Its resolver leads to the front door, by which alone the chat can be reached from outside.
    gitlab.names[`chat.chatops.localhost:${http}`] = http;
    gitlab.server.controls.changeSettings({
      outbound_local_requests_whitelist: [`chat.chatops.localhost:${http}`],
    });
    ports = `ports:\n  http: ${http}\n`;
    stack = await aStack(config('false'));
    stack.write('.env', '');
    valid = gitlab.server.controls.addToken('mary');
  });

  afterAll(() => gitlab.stop());

  it('wants its token from a user, says so and begins nothing', async () => {
    const before = count(gitlab);
    const refused = await stack.up();
    expect(refused.stderr).toMatch(/^SECRET_MISSING {2}.*CHATOPS_GITLAB_TOKEN/);
    expect(refused.status).toBe(78);
    expect(stack.read('.env')).toBe('');
    expect(asked(gitlab, before)).toEqual([]);
  });

  describe('with a token of its project’s Maintainer', () => {
    let first: Ended;
    let from: number;

    beforeAll(async () => {
      useToken(valid);
      from = count(gitlab);
      first = await stack.up();
    });

    it('is announced, and no server of its own or database is started for it', () => {
      expect(first.stderr).toBe('');
      expect(first.status).toBe(0);
      expect(first.stdout).toContain('gitlab-setup: + hook project people/app → #ops');
      expect(first.stdout).not.toMatch(/^gitlab: /m);
      expect(stack.read('compose.yaml')).not.toMatch(/^ {2}gitlab:/m);
    });

    it('is asked for its version, the token, the one project and its hooks: and for nothing else', () => {
      expect(asked(gitlab, from)).toEqual([
        'GET /personal_access_tokens/self',
        'GET /version',
        `GET ${PROJECT}`,
        'GET /projects/:id/hooks',
        'POST /projects/:id/hooks',
      ]);
    });

    it('gets one write, the hook; the second run writes nothing', async () => {
      expect(writesSince(gitlab, from)).toHaveLength(1);
      const before = count(gitlab);
      const second = await stack.up();
      expect(second.stdout).toContain('0 changes');
      expect(second.status).toBe(0);
      expect(writesSince(gitlab, before)).toEqual([]);
      expect(stack.writes()).toEqual([]);
    });

    it('gets a runner for the project alone, which works for it; then again nothing', async () => {
      stack.write('chatops.yaml', config(PROJECT_RUNNER));
      const before = count(gitlab);
      const done = await stack.up();
      expect(done.stderr).toBe('');
      expect(done.status).toBe(0);
      expect(writesSince(gitlab, before)).toEqual(['POST /api/v4/user/runners']);
      expect(asked(gitlab, before).filter((what) => /settings|users|groups|secret/.test(what))).toEqual([]);
      const again = count(gitlab);
      expect((await stack.up()).stdout).toContain('0 changes');
      expect(writesSince(gitlab, again)).toEqual([]);
    });

    it('proves an announcement of pipelines with its own button Test, not with a pipeline of theirs', async () => {
      stack.write('chatops.yaml', config('false', 'push, pipeline'));
      const before = count(gitlab);
      const done = await stack.up();
      expect(done.status).toBe(0);
      expect(done.stdout).toMatch(/a GitLab test event \(push\) became the message, in .*\n {6}.*people\/app/);
      expect(asked(gitlab, before)).not.toContain('POST /projects/:id/pipeline');
    });

    it('loses our hook, and nothing else, when nobody announces it any more; announced again it gets one', async () => {
      const announcing = stack.read('chatops.yaml');
      stack.write('chatops.yaml', announcing.replace(/announce:\n.*\n/, 'announce: []\n'));
      const before = count(gitlab);
      const done = await stack.up();
      expect(done.stdout).toMatch(
        /gitlab-setup: - hook project people\/app → #ops \(id \d+\) {2}\(it is ours, and chatops\.yaml no longer asks for it\)/,
      );
      expect(done.status).toBe(0);
      expect(writesSince(gitlab, before)).toEqual([
        expect.stringMatching(/^DELETE \/api\/v4\/projects\/\d+\/hooks\/\d+$/),
      ]);
      stack.write('chatops.yaml', announcing);
      expect((await stack.up()).stdout).toContain('gitlab-setup: + hook project people/app → #ops');
    });
  });

  describe('before anything of the stack is there', () => {
    const another = async (text: string): Promise<TestStack> => {
      const made = await aStack(text);
      made.write('.env', `CHATOPS_GITLAB_TOKEN=${valid}\n`);
      return made;
    };

    it('is looked at by plan all the same, with reads only: a hook that another stack has there is a conflict', async () => {
      const elsewhere = config('false').replace(/http: \d+/, `http: ${await freePort()}`);
      const before = count(gitlab);
      const planned = await (await another(elsewhere)).command('plan');
      expect(planned.stdout).toMatch(
        /! hook project people\/app → #ops: hook \d+ of project people\/app bears the name/,
      );
      expect(planned.stdout).not.toContain('+ hook');
      expect(writesSince(gitlab, before)).toEqual([]);
    });

    it('shows what up then does: one hook, and no word of a new server', async () => {
      const fresh = await another(config('false').replace('name: demo', 'name: second'));
      const planned = await fresh.command('plan');
      const [, own = ''] = planned.stdout.split('\ngitlab-setup\n');
      expect(own).toMatch(/^ {2}\+ hook project people\/app → #ops {2}\(.*\)\n\n/);
    });

    it('is planned as for a new one where it does not answer, and plan says so', async () => {
      const nowhere = config('false').replace(/url: .*/, `url: http://127.0.0.1:${await freePort()}`);
      const planned = await (await another(nowhere)).command('plan');
      expect(planned.stdout).toMatch(/gitlab-setup\n {2}\(as for a new server: .*\)\n {2}\+ hook project people\/app/);
      expect(planned.status).toBe(0);
    });
  });

  describe('with a token that will not do', () => {
    const cases: readonly {
      readonly what: string;
      readonly token: () => string;
      readonly runner?: string;
      readonly code: string;
      readonly names: RegExp;
    }[] = [
      {
        what: 'lacks the scope',
        token: () => gitlab.server.controls.addToken('mary', { scopes: ['read_api'] }),
        code: 'PERMISSION_MISSING',
        names: /CHATOPS_GITLAB_TOKEN lacks scope `api`\n {2}why {3}it has `read_api`\n/,
      },
      {
        what: 'belongs to a Developer',
        token: () => gitlab.server.controls.addToken('dan'),
        code: 'PERMISSION_MISSING',
        names: /Maintainer/,
      },
      {
        what: 'belongs to a Reporter',
        token: () => gitlab.server.controls.addToken('rita'),
        code: 'PERMISSION_MISSING',
        names: /Maintainer/,
      },
      {
        what: 'has expired',
        token: () => gitlab.server.controls.addToken('mary', { expiresAt: '2020-01-01' }),
        code: 'TOKEN_INVALID',
        names: /CHATOPS_GITLAB_TOKEN|expired/,
      },
      {
        what: 'is of no administrator where the runner is for the instance',
        token: () => valid,
        runner: '{ scope: instance }',
        code: 'PERMISSION_MISSING',
        names: /belongs to `mary`, who is not an administrator/,
      },
    ];

    for (const { what, token, runner = 'false', code, names } of cases) {
      it(`that ${what}: an error names it, exit status 1, nothing written`, async () => {
        stack.write('chatops.yaml', config(runner, 'push, pipeline'));
        useToken(token());
        const before = count(gitlab);
        const refused = await stack.up();
        expect(refused.status).toBe(1);
        expect(refused.stdout).toMatch(new RegExp(`^${code} {2}`, 'm'));
        expect(refused.stdout).toMatch(names);
        expect(refused.stdout).toMatch(/^ {2}next {2}.*\.env|^ {2}next {2}.*role/m);
        expect(refused.stdout).not.toMatch(/glpat-/);
        expect(writesSince(gitlab, before)).toEqual([]);
      });
    }
  });
});
