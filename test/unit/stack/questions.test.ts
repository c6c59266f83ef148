import { describe, expect, it } from 'vitest';
import { aliveOf, healthcheckOf, healthOf, questionsOf } from '../../../src/stack/questions.ts';
import { aService } from '../../builders/nodes.ts';

const tcp = (port: number) => ({ what: 'tcp', endpoint: { service: 'wiki', port } });
const usable = { what: 'http', path: '/' };
const one = aService('wiki', [], { usable });

describe('a service that says only when it is usable', () => {
  it('is alive when its first port accepts a connection', () => {
    const container = { ...one.container, listens: [8090, 8091] };
    expect(aliveOf({ ...one, container })).toEqual(tcp(8090));
  });

  it('is never asked whether it is alive when it listens nowhere', () => {
    expect(aliveOf({ ...one, container: { ...one.container, listens: [] } })).toBeUndefined();
  });

  it('is ready when it is usable', () => {
    expect(questionsOf(one, 'played')).toEqual({ alive: tcp(1), ready: usable, usable });
  });
});

describe('a service that answers all three', () => {
  const all = { ...one, alive: tcp(7), ready: tcp(8), health: tcp(9), healthcheck: tcp(10) };

  it('is asked its own questions', () => {
    expect(questionsOf(all, 'played')).toEqual({ alive: tcp(7), ready: tcp(8), usable });
  });

  it('is asked otherwise for being usable where it is a container, and again in its own', () => {
    expect(questionsOf(all, 'containers')).toEqual({ alive: tcp(7), ready: tcp(8), usable: tcp(9) });
    expect([healthOf(all), healthcheckOf(all)]).toEqual([tcp(9), tcp(10)]);
  });
});

it('a container that says only how it is usable there is ready by the same', () => {
  expect(questionsOf({ ...one, health: tcp(9) }, 'containers').ready).toEqual(tcp(9));
});
