import { describe, expect, it } from 'vitest';
import type { Config } from '../../../src/config/config.ts';
import { aStack, jobNamed, serviceNamed } from '../../builders/stack.ts';
import { loadOwn } from '../../helpers/own-config.ts';

const stackWith = (timeouts: Config['timeouts'], members = 1) => aStack({ timeouts, mongo: { members } });

describe('timeouts of chatops.yaml', () => {
  it('are read in seconds, minutes and hours', () => {
    const { config } = loadOwn('timeouts: { mongo: 90s, gitlab: 20m, rocketchat-setup: 1h }\n');
    expect(config.timeouts).toEqual({ mongo: 90_000, gitlab: 1_200_000, 'rocketchat-setup': 3_600_000 });
  });

  it.each(['0s', '5', '5 m', '1.5h', '-1s', 'soon'])('refuse %s', (value) => {
    expect(() => loadOwn(`timeouts: { mongo: '${value}' }\n`)).toThrow(/such as 90s, 20m or 1h/);
  });

  it('refuse a name that has no deadline', () => {
    expect(() => loadOwn('timeouts: { mongodb: 5s }\n')).toThrow(/unknown key `mongodb`/);
  });

  it('set the deadline of a service, of every member of the set, and of a job', () => {
    const stack = stackWith({ mongo: 5_000, 'rocketchat-setup': 7_000 }, 3);
    const mongos = stack.nodes.filter((node) => node.kind === 'service' && node.role === 'mongo');
    expect(mongos).toHaveLength(3);
    expect(mongos.every((node) => node.kind === 'service' && node.readyWithinMs === 5_000)).toBe(true);
    expect(jobNamed(stack, 'rocketchat-setup').withinMs).toBe(7_000);
    expect(serviceNamed(stack, 'rocketchat').readyWithinMs).toBe(serviceNamed(aStack(), 'rocketchat').readyWithinMs);
  });

  it('give the front door more time when a server behind it gets more, unless its own is set', () => {
    const hour = 3_600_000;
    expect(serviceNamed(stackWith({ gitlab: hour }), 'nginx').readyWithinMs).toBeGreaterThan(hour);
    expect(serviceNamed(stackWith({ gitlab: hour, nginx: 9_000 }), 'nginx').readyWithinMs).toBe(9_000);
    const byDefault = serviceNamed(aStack(), 'nginx').readyWithinMs;
    expect(serviceNamed(stackWith({ gitlab: 1_000 }), 'nginx').readyWithinMs).toBe(byDefault);
  });
});
