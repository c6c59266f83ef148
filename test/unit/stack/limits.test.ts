/** What services may take of the machine: by need, and as chatops.yaml says. */
import { describe, expect, it } from 'vitest';
import { confined } from '../../../src/stack/confinement.ts';
import { servicesOf } from '../../../src/stack/services-of.ts';
import { serviceNamed, stackOf } from '../../builders/stack.ts';
import { loadOwn } from '../../helpers/own-config.ts';

const stackFrom = (text: string) => stackOf(loadOwn(text).config);
const limitsOf = (text: string, name: string) => {
  const { memoryMib, cpus } = confined(serviceNamed(stackFrom(text), name).container);
  return { memoryMib, cpus };
};

const WHOLE = 'postgres: {}\nchat: {receiver: relay}\n';

describe('the limits of a service', () => {
  it('are there for every one, of memory and of CPU time', () => {
    const without = servicesOf(stackFrom(WHOLE)).filter(({ container }) => {
      const { memoryMib, cpus } = confined(container);
      return memoryMib === undefined || cpus === undefined;
    });
    expect(without.map(({ name }) => name)).toEqual([]);
  });

  it('leave each what it takes in everyday use', () => {
    const tight = servicesOf(stackFrom(WHOLE)).filter(
      ({ container, needs }) => (confined(container).memoryMib ?? 0) < Math.floor(needs.memoryGib * 1024),
    );
    expect(tight.map(({ name }) => name)).toEqual([]);
  });

  it('are wider for a runner whose jobs run in it', () => {
    const docker = limitsOf('name: a\n', 'gitlab-runner');
    const shell = limitsOf('runner: {executor: shell}\n', 'gitlab-runner');
    expect(shell.memoryMib).toBeGreaterThan(docker.memoryMib ?? Number.POSITIVE_INFINITY);
  });

  it('are as chatops.yaml says, each by itself', () => {
    const text = 'limits: {gitlab: {memory: 6g}, mongo: {cpus: 0.5}}\n';
    expect(limitsOf(text, 'gitlab')).toEqual({ memoryMib: 6144, cpus: 4 });
    expect(limitsOf(text, 'mongo')).toEqual({ memoryMib: 2048, cpus: 0.5 });
  });

  it('are taken away by none', () => {
    expect(limitsOf('limits: {mongo: {memory: none, cpus: none}}\n', 'mongo')).toEqual({});
  });

  it('are those of every member of a set', () => {
    const stack = stackFrom('mongo: {members: 3}\nlimits: {mongo: {memory: 768m}}\n');
    const members = servicesOf(stack).filter(({ role }) => role === 'mongo');
    expect(members.map(({ container }) => confined(container).memoryMib)).toEqual([768, 768, 768]);
  });

  it.each(['limits: {wiki: {memory: 1g}}', 'limits: {gitlab: {memory: lots}}', 'limits: {gitlab: {cpus: 0}}'])(
    'are refused where they say nothing: %s',
    (text) => {
      expect(() => loadOwn(`${text}\n`)).toThrow(/limits/);
    },
  );
});
