import { describe, expect, it } from 'vitest';
import type { Ports } from '../../../src/contracts/ports.ts';
import { playedGitLab } from '../../../src/parts/gitlab/deliveries/played-forge.ts';
import { createScriptRunner } from '../../../src/parts/rocketchat/client/script-runner.ts';
import { webhookScript } from '../../../src/parts/rocketchat/setup/webhook-script.ts';
import type { RunScript } from '../../../src/simulate/simulate.ts';
import { hearsOfIt } from '../../../src/smoke/loop/hears.ts';
import { Secret } from '../../../src/values/secret.ts';
import { jobNamed, stackOf } from '../../builders/stack.ts';
import { createVirtualClock } from '../../fakes/virtual-clock.ts';
import { loadOwn } from '../../helpers/own-config.ts';

const secret = new Secret('s3cret');
const runner = createScriptRunner();
const ports = { clock: createVirtualClock(), randomWord: () => 'bodegaku' } as unknown as Ports;

/** Whether #ci hears of the loop in a stack that announces so. */
const hears = (announce: string): Promise<boolean> => {
  const { config } = loadOwn(`gitlab:\n  announce:\n    - ${announce}\n`);
  const stack = stackOf(config);
  const script = webhookScript(jobNamed(stack, 'rocketchat-setup').job, { read: () => secret });
  const runScript: RunScript = (request) => runner.run(script, request);
  const deps = { stack, ports, uuid: () => 'u', runScript, playedForge: playedGitLab };
  return hearsOfIt(deps, { project: 'root/chatops-smoke-bodegaku', room: 'ci', secret });
};

describe('the room of the loop', () => {
  it.each([
    ['hears of everything by default', '{ project: chatops/hello, room: ci }', true],
    ['hears of pushes also where only failures are loud', '{ instance: true, room: ci, loud: failures }', true],
    ['hears of another project whatever it wants of one', "{ project: a/b, room: ci, branches: ['v*'] }", true],
    ['hears nothing where it wants other branches only', "{ instance: true, room: ci, branches: ['v*'] }", false],
  ])('%s', async (_what, announce, expected) => {
    expect(await hears(announce)).toBe(expected);
  });
});
