/** What cannot come any more is not waited for: the run ends soon, says which link broke, and goes on from there later. */
import { describe, expect, it } from 'vitest';
import { aStack } from '../helpers/cli.ts';

describe('an existing MongoDB that is not there', () => {
  it('ends the chat with its own reason; what waits for it is not reached, GitLab is', async () => {
    const stack = await aStack('name: demo\nmongo: { kind: external }\n');
    stack.write('.env', "CHATOPS_MONGO_URL='mongodb://chat:s3cr3tpass@db.invalid:27017/rocketchat?replicaSet=rs1'\n");

    const { status, stdout } = await stack.up();

    expect(status).toBe(1);
    expect(stdout).toMatch(
      /SERVICE_FAILED {2}service rocketchat ended before it was ready\n {2}why {3}MongoServerSelectionError/,
    );
    expect(stdout).toContain('nginx: not reached, because rocketchat failed');
    expect(stdout).toMatch(/gitlab: ready after/);
    expect(stdout).toMatch(/runner-registration: done/);
    expect(stdout).not.toContain('s3cr3tpass');
  });

  it('is asked for by name when its address is missing', async () => {
    const stack = await aStack('name: demo\nmongo: { kind: external }\n');
    const { status, stderr } = await stack.up();
    expect(status).toBe(78);
    expect(stderr).toMatch(/^SECRET_MISSING {2}CHATOPS_MONGO_URL has no value in \.env/);
  });
});

describe('a chat without internet', () => {
  const OFFLINE = { env: { ROCKETCHAT_STANDIN_INTERNET: 'no' } };
  const aChat = () => aStack('name: demo\ngitlab: { kind: none }\ntimeouts: { conversation: 3s }\n');

  it('ends the run with its cause and its cure within the time of the conversation; everything else works', async () => {
    const stack = await aChat();

    const { status, stdout } = await stack.up([], OFFLINE);

    expect(status).toBe(1);
    expect(stdout).toMatch(
      /CHAT_READ_ONLY {2}http:\S+ takes no messages\n {2}why {3}.*collector\.rocket\.chat.*\n {2}next {2}let its container out.*licence/,
    );
    expect(stdout).toMatch(/rocketchat-setup: done/);
    expect(stdout).toMatch(/bot: ready/);
    expect(stdout).toMatch(/nginx: ready/);
  });

  it('is proven by the next run that starts it with a way out', async () => {
    const stack = await aChat();
    await stack.up([], OFFLINE);

    const { status, stdout } = await stack.up();

    expect(status).toBe(0);
    expect(stdout).toMatch(/conversation: done/);
  });
});

describe('a fault of ours where nobody waits for its result', () => {
  const code = `const watch = setInterval(() => {
    if (process.listenerCount('uncaughtException') === 0) return;
    clearInterval(watch);
    throw new Error('nobody waits for this');
  }, 10)`;
  const fault = `--import data:text/javascript,${encodeURIComponent(code)}`;

  it('is reported as one, with its next step, and leaves what the next run goes on from', async () => {
    const stack = await aStack();

    const { status, stderr } = await stack.up([], { env: { NODE_OPTIONS: fault } });

    expect(status).toBe(1);
    expect(stderr).toBe(
      'INTERNAL  something we did not foresee\n  why   nobody waits for this\n  next  please report it with the text above\n',
    );
    expect(await stack.up()).toMatchObject({ status: 0 });
  });
});
