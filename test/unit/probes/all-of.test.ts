import { describe, expect, it } from 'vitest';
import { type Answer, cannotTell, notReady, type Probe, ready, readyBut } from '../../../src/contracts/probe.ts';
import { createProbe } from '../../../src/contracts/probe-kinds.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { createAllOfProbe } from '../../../src/probes/all-of.ts';
import type { ProbeSpec } from '../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { httpServer } from '../../helpers/servers.ts';
import { portsOver, text } from './ports-over.ts';

const signal = new AbortController().signal;

describe('all of them', () => {
  const asked: string[] = [];
  const saying = (id: string, answer: Answer): Probe => ({
    id,
    ask: async () => {
      asked.push(id);
      return answer;
    },
  });
  const error = new ChatopsError('LOGIN_REFUSED', { what: 'no' });

  it('is ready when all are, and without any', async () => {
    expect(await createAllOfProbe([saying('a', ready()), saying('b', ready('fine'))]).ask(signal)).toEqual({
      kind: 'ready',
    });
    expect(await createAllOfProbe([]).ask(signal)).toEqual({ kind: 'ready' });
  });

  it('warns of what any of them warns of', async () => {
    const parts = [readyBut('a', 'ends tomorrow'), ready('b'), readyBut('c', 'ends today')];
    const all = createAllOfProbe(parts.map((answer, at) => saying(String(at), answer)));
    expect(await all.ask(signal)).toEqual({ kind: 'ready', caution: 'ends tomorrow; ends today' });
  });

  it('answers with the first that is not ready, by its name, and asks no further', async () => {
    asked.length = 0;
    const all = createAllOfProbe([saying('a', ready()), saying('b', notReady('booting')), saying('c', ready())]);
    expect(await all.ask(signal)).toEqual({ kind: 'not-ready', reason: 'b: booting' });
    expect(asked).toEqual(['a', 'b']);
  });

  it('hands on what waiting will not fix', async () => {
    const answer = await createAllOfProbe([saying('a', cannotTell(error))]).ask(signal);
    expect(answer).toEqual({ kind: 'cannot-tell', error });
  });

  it('builds its parts from data', async () => {
    const { port } = await httpServer((_request, response) => response.end());
    const endpoint = { service: 'web', port: 80 };
    const spec: ProbeSpec = {
      what: 'all-of',
      probes: [
        { what: 'tcp', endpoint },
        { what: 'http', target: { kind: 'service', endpoint }, path: '/', status: 404 },
      ],
    };
    const answer = await createProbe(PROBE_KINDS, spec, portsOver({ web: port })).ask(signal);
    expect(text(answer)).toBe('not-ready http: / answers 200 instead of 404');
  });
});
