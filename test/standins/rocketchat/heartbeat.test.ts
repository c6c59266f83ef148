/** Meteor's heartbeat, on a clock that only moves when it is told to. */
import { startHeartbeat } from '@chatops-up/standins/internal/rocketchat/ddp/heartbeat';
import { beforeEach, describe, expect, it } from 'vitest';

describe('a heartbeat of 15 s', () => {
  let said: string[];
  let now: number;
  let timers: { at: number; task: () => void }[];
  const after = (ms: number, task: () => void) => {
    const timer = { at: now + ms, task };
    timers.push(timer);
    return () => {
      timers = timers.filter((each) => each !== timer);
    };
  };
  const passed = (seconds: number): readonly string[] => {
    const end = now + seconds * 1_000;
    for (;;) {
      const next = timers.toSorted((one, other) => one.at - other.at)[0];
      if (next === undefined || next.at > end) break;
      now = next.at;
      timers = timers.filter((each) => each !== next);
      next.task();
    }
    now = end;
    return said;
  };
  const start = () =>
    startHeartbeat({ everyMs: 15_000, ping: () => said.push('ping'), drop: () => said.push('drop'), after });

  beforeEach(() => {
    [said, now, timers] = [[], 0, []];
  });

  it('asks nothing of who has spoken since the last look', () => {
    const heartbeat = start();
    for (let at = 0; at < 60; at += 5) {
      passed(5);
      heartbeat.heard();
    }
    expect(said).toEqual([]);
  });

  it('asks who has been silent from one look to the next, and drops who stays so', () => {
    start();
    expect([...passed(29)]).toEqual([]);
    expect([...passed(1)]).toEqual(['ping']);
    expect([...passed(14)]).toEqual(['ping']);
    expect([...passed(1)]).toEqual(['ping', 'drop']);
  });

  it('takes any word for an answer, and asks again after the next silence', () => {
    const heartbeat = start();
    passed(40);
    heartbeat.heard();
    expect([...passed(19)]).toEqual(['ping']);
    expect([...passed(2)]).toEqual(['ping', 'ping']);
  });

  it('asks nobody who has gone', () => {
    const heartbeat = start();
    passed(31);
    heartbeat.stop();
    expect([...passed(100)]).toEqual(['ping']);
    expect(timers).toEqual([]);
  });
});
