import { describe, expect, it } from 'vitest';
import { allowsOf, confined } from '../../../src/stack/confinement.ts';
import type { Allowance } from '../../../src/stack/stack.ts';
import { aStack, serviceNamed } from '../../builders/stack.ts';

const because = 'it must';

describe('what a container may do on the machine', () => {
  it('is nothing by itself: the user nobody, without capabilities, on a root that it cannot write', () => {
    expect(confined({})).toEqual({
      user: '65532',
      capabilities: [],
      newPrivileges: false,
      writes: false,
      mostProcesses: 256,
      memoryMib: 512,
      cpus: 1,
    });
  });

  it.each<[Allowance, object]>([
    [{ what: 'user', because }, { user: undefined }],
    [{ what: 'capabilities', which: ['CHOWN'], because }, { capabilities: ['CHOWN'] }],
    [{ what: 'capabilities', which: 'default', because }, { capabilities: 'default' }],
    [{ what: 'privileges', because }, { newPrivileges: true }],
    [{ what: 'writes', because }, { writes: true }],
  ])('is one thing more for %o, and no other', (allowance, more) => {
    const expected = Object.entries({ ...confined({}), ...more }).filter(([, value]) => value !== undefined);
    expect(confined({ allows: [allowance] })).toEqual(Object.fromEntries(expected));
  });

  it('is as many processes as it asks for', () => {
    expect(confined({ mostProcesses: 4096 }).mostProcesses).toBe(4096);
  });

  it('has a reason for everything more, in every service and job of a stack', () => {
    const reasons = aStack().nodes.flatMap((node) => allowsOf(node).map((allowance) => allowance.because));
    expect(reasons.length).toBeGreaterThan(10);
    expect(reasons.filter((reason) => reason.split(' ').length < 4)).toEqual([]);
  });

  it('is nothing more at all for the bot, which needs its program and the network', () => {
    expect(allowsOf(serviceNamed(aStack(), 'bot'))).toEqual([]);
  });

  it('lets programs gain rights only where untrusted code brings its own, and in GitLab', () => {
    const free = (stack: ReturnType<typeof aStack>): readonly string[] =>
      stack.nodes.flatMap((node) => (allowsOf(node).some(({ what }) => what === 'privileges') ? [node.name] : []));
    expect(free(aStack())).toEqual(['gitlab']);
    expect(free(aStack({ runner: { executor: 'shell' } }))).toEqual(['gitlab', 'gitlab-runner']);
  });
});
