/** A service that is not usable is shown with the question that broke: is its process well, or what it works with? */
import { beforeAll, describe, expect, it } from 'vitest';
import { aStack } from '../helpers/cli.ts';

const answering = (match: string, status: number, body: unknown) => ({
  match,
  times: 1_000,
  effect: { kind: 'status', status, body: JSON.stringify(body) },
});
/** `/livez` and `/readyz`, with one check that failed. */
const unwell = (failing: string) =>
  answering('GET /(livez|readyz)', 503, { status: 'unavailable', checks: { [failing]: { status: 'degraded' } } });
const NO_API = answering('GET /api/v4/', 500, { message: '500 Internal Server Error' });

const withFaults = (faults: Readonly<Record<string, readonly object[]>>) => ({
  env: { CHATOPS_FAULTS: JSON.stringify(faults) },
});

describe('the status of a stack', () => {
  let stack: Awaited<ReturnType<typeof aStack>>;
  beforeAll(async () => {
    stack = await aStack();
    expect((await stack.up()).status).toBe(0);
    // What does not get usable is looked at for this long; the run above had its own time.
    stack.write('chatops.yaml', `${stack.read('chatops.yaml')}timeouts: { rocketchat: 8s, gitlab: 8s, nginx: 8s }\n`);
  });

  it('tells a chat that is alive and not ready apart from a GitLab that is ready and not usable', async () => {
    const faults = withFaults({ rocketchat: [unwell('mongo')], gitlab: [NO_API] });
    const { status, stdout } = await stack.command('status', ['--start', '--json'], faults);
    expect(status).toBe(1);
    const { services, questions } = JSON.parse(stdout);
    expect(services).toMatchObject({
      mongo: 'ready',
      rocketchat: expect.stringMatching(/^alive, not ready: .*mongo degraded$/),
      gitlab: expect.stringMatching(/^ready, not usable: /),
    });
    const [yes, no] = [{ answer: 'yes' }, { answer: 'no' }];
    expect(questions).toMatchObject({
      mongo: { alive: yes, ready: yes, usable: yes },
      rocketchat: { alive: yes, ready: no, usable: no },
      gitlab: { alive: yes, ready: yes, usable: no },
    });
  });

  it('shows a chat whose own checks fail as not alive', async () => {
    const { stdout } = await stack.command('status', ['--start'], withFaults({ rocketchat: [unwell('eventLoop')] }));
    expect(stdout).toMatch(/^ {2}gitlab +usable$/m);
    expect(stdout).toMatch(/^! rocketchat +not alive: .*eventLoop degraded$/m);
  });
});

it('a run whose gate did not open says which of the three broke', async () => {
  const stack = await aStack('name: demo\ngitlab: { kind: none }\ntimeouts: { rocketchat: 8s }\n');
  const { status, stdout } = await stack.up([], withFaults({ rocketchat: [unwell('mongo')] }));
  expect(status).toBe(124);
  expect(stdout).toMatch(/GATE_TIMED_OUT {2}gate rocketchat [\s\S]*\n {2}is {4}alive, not ready: .*mongo degraded\n/);
});
