import { describe, expect, it } from 'vitest';
import type { NetworkView, Presence, ReachAnswer } from '../../../src/contracts/engine.ts';
import type { Reached } from '../../../src/contracts/reach.ts';
import { diagnose, type NetworkDiagnosis } from '../../../src/doctor/diagnosis.ts';
import { questionsFor } from '../../../src/doctor/forbidden.ts';
import { diagnoseNetwork } from '../../../src/doctor/network.ts';
import { type NetworkSeen, targetsOf } from '../../../src/doctor/seen.ts';
import { networkJson, networkText } from '../../../src/report/network.ts';
import type { NetworkSpec } from '../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aService, gate } from '../../builders/nodes.ts';

/** `web` passes requests on to `app`, which works on `db`; nobody needs `web`. */
const at = (name: string, port: number) => ({
  usable: { what: 'tcp', endpoint: { service: name, port } } as const,
  container: { image: 'i', environment: {}, listens: [port], publishes: {}, volumes: [], aliases: [] },
});
const NODES = [
  aService('db', [], at('db', 27017)),
  {
    kind: 'job',
    name: 'set',
    gates: [gate('db', 'usable')],
    job: { job: 'mongo-replica-set', set: 'rs0', members: [{ service: 'db', port: 27017 }] },
    withinMs: 1,
  } as const,
  aService('app', [gate('set', 'done')], at('app', 3000)),
  aService('web', [], { ...at('web', 80), readyThrough: ['app'] }),
];

/** One network for all, as far as nothing is said of others. */
const networkOf = (...members: readonly string[]): NetworkSpec => ({
  purpose: 'back',
  name: 'demo_back',
  internal: false,
  members,
});
const STACK = { nodes: NODES, probes: PROBE_KINDS, networks: [networkOf('db', 'set', 'app', 'web')] };
/** `web` and `db` share none. */
const APART = { ...STACK, networks: [networkOf('db', 'set', 'app'), networkOf('app', 'web')] };

const HERE: Presence = { running: true, says: 'running', lacks: [], addresses: ['10.0.0.2'] };
const REACHED: Reached = { kind: 'reached', address: '10.0.0.2', ms: 0.41 };
const NO_NAME: Reached = { kind: 'no-name', why: 'DNS: no such host (ENOTFOUND)' };
const REFUSED: Reached = {
  kind: 'not-reached',
  address: '10.0.0.3',
  how: 'refused',
  why: 'connection refused (ECONNREFUSED)',
};

/** Everything well, but for what is given: `app db` → what came of that way. */
const seen = (
  ways: Readonly<Record<string, Reached>> = {},
  presences: Readonly<Record<string, Presence | undefined>> = {},
  silent: Readonly<Record<string, string>> = {},
): NetworkSeen => {
  const all = new Map<string, Presence>();
  const answers = new Map<string, ReachAnswer>();
  for (const source of ['db', 'app', 'web']) {
    const presence = source in presences ? presences[source] : HERE;
    if (presence) all.set(source, presence);
    const why = silent[source];
    if (why !== undefined) answers.set(source, { kind: 'not-asked', why });
    else if (presence?.running) {
      const reached = targetsOf(STACK).map(({ service }) => ways[`${source} ${service}`] ?? REACHED);
      answers.set(source, { kind: 'asked', reached });
    }
  }
  return { presences: all, answers };
};

const broken = ({ broken: all }: NetworkDiagnosis): readonly string[] =>
  all.map(({ from, to, why }) => `${from}${to ? ` → ${to.service}` : ''}: ${why}`);

describe('the diagnosis of a network', () => {
  it('is well when everybody reaches whom they need', () => {
    const diagnosis = diagnose(STACK, seen());
    expect(diagnosis.broken).toEqual([]);
    expect(
      networkText(diagnosis),
    ).toBe(`who reaches whom by name, tried inside each container (columns ask, rows are asked for):

           app    db   web
app:3000  *0.4   0.4  *0.4
db:27017  *0.4  *0.4   0.4
web:80     0.4   0.4  *0.4

*  the stack needs this way; a number: ms until the connection stood

everybody reaches whom they need (5 ways), and nobody whom they must not (0 ways, tried by name and by address)
`);
  });

  it('names a needed way that is broken, why it is needed, and what to do', () => {
    const diagnosis = diagnose(STACK, seen({ 'web app': REFUSED }));
    expect(
      networkText(diagnosis),
    ).toBe(`who reaches whom by name, tried inside each container (columns ask, rows are asked for):

           app    db       web
app:3000  *0.4   0.4  *refused
db:27017  *0.4  *0.4       0.4
web:80     0.4   0.4      *0.4

*  the stack needs this way; a number: ms until the connection stood
refused: the address is there, nothing listens on the port

! web → app:3000: connection refused (ECONNREFUSED), at 10.0.0.3:3000
    needed as it passes requests on to it
    next  nothing listens there (yet): \`chatops-up status\` says how far it is

1 thing is not as the stack needs it
`);
  });

  it('distinguishes a broken way that nobody needs: it is shown, and no fault', () => {
    const diagnosis = diagnose(STACK, seen({ 'db web': NO_NAME }));
    expect(diagnosis.broken).toEqual([]);
    expect(networkText(diagnosis)).toMatch(/^web:80 +0\.4 +no name +\*0\.4$/m);
    expect(networkText(diagnosis)).toContain('everybody reaches whom they need');
  });

  it('names a container that is out of the network as the cause, on both of its sides', () => {
    const outside = { ...HERE, lacks: ['demo_data'] };
    const ways = { 'app db': NO_NAME, 'web app': REACHED, 'db app': NO_NAME };
    const diagnosis = diagnose(STACK, seen(ways, { db: outside }));
    expect(broken(diagnosis)).toEqual(['app → db: the container of db is not in the network demo_data']);
    expect(diagnosis.broken[0]?.next).toContain('docker compose up -d --force-recreate db');
  });

  it('names a service that does not run, and does not guess at its ways', () => {
    const ended = { running: false, says: 'exited with 137', lacks: [], addresses: [] };
    const diagnosis = diagnose(STACK, seen({ 'app db': NO_NAME }, { db: ended }));
    expect(broken(diagnosis)).toEqual([
      'db: db does not run (exited with 137)',
      'app → db: db does not run (exited with 137)',
    ]);
    expect(networkText(diagnosis)).toMatch(/^app:3000 +\*0\.4 +\? +\*0\.4$/m);
    expect(networkText(diagnosis)).toContain('?: could not be asked');
  });

  it('names a service without a container, and one whose probe cannot be asked', () => {
    expect(broken(diagnose(STACK, seen({}, { web: undefined })))).toEqual(['web: web has no container']);
    expect(broken(diagnose(STACK, seen({}, {}, { web: 'its probe said: no such file' })))).toEqual([
      'web: web could not be asked: its probe said: no such file',
    ]);
  });

  it('knows the service behind another name of it', () => {
    const web = aService('web', [], { ...at('web', 80), readyThrough: [] });
    const named = { ...web, container: { ...web.container, aliases: ['chat.example.org'] } };
    const job = {
      kind: 'job',
      name: 'talk',
      gates: [],
      job: {
        job: 'conversation',
        proof: 'conversation',
        publicUrl: 'http://chat.example.org',
        account: { username: 'b', password: 'B' },
        room: 'r',
      },
      withinMs: 1,
    } as const;
    const prober = aService('prober', [], { ...at('prober', 9099), role: 'prober', reachesInside: true });
    const stack = { nodes: [named, prober, job], probes: PROBE_KINDS, networks: [networkOf('web', 'prober', 'talk')] };
    expect(targetsOf(stack).map(({ service, port }) => `${service}:${port}`)).toEqual([
      'prober:9099',
      'web:80',
      'chat.example.org:80',
    ]);
    const away: Presence = { running: false, says: 'paused', lacks: [], addresses: [] };
    const reached = [REACHED, NO_NAME, NO_NAME];
    const diagnosis = diagnose(stack, {
      presences: new Map([
        ['web', away],
        ['prober', HERE],
      ]),
      answers: new Map([['prober', { kind: 'asked', reached }]]),
    });
    expect(broken(diagnosis)).toContain('prober → chat.example.org: web does not run (paused)');
  });

  it('is one JSON document with every way', () => {
    const json = JSON.parse(JSON.stringify(networkJson(diagnose(STACK, seen({ 'web app': REFUSED })))));
    expect(json).toMatchObject({
      type: 'network',
      healthy: false,
      needed: 5,
      targets: ['app:3000', 'db:27017', 'web:80'],
    });
    expect(json.ways).toHaveLength(9);
    expect(json.ways).toContainEqual({
      from: 'web',
      to: 'app:3000',
      needed: true,
      forbidden: false,
      because: 'it passes requests on to it',
      ...REFUSED,
    });
    expect(json.broken).toMatchObject([{ from: 'web', to: 'app:3000' }]);
    expect(json).not.toHaveProperty('cells');
  });
});

describe('who must not be reached', () => {
  /** What `web` said when it was asked for `db` at its address. */
  const diagnosed = (atAddress: Reached): NetworkDiagnosis => {
    const { presences, answers } = seen(
      { 'web db': NO_NAME, 'db web': NO_NAME },
      { db: { ...HERE, addresses: ['10.0.0.9'] } },
    );
    const asked = new Map<string, ReachAnswer>(
      [...answers].map(([source, answer]) => {
        if (answer.kind !== 'asked') return [source, answer] as const;
        const more = questionsFor(source, APART, presences).length - answer.reached.length;
        return [
          source,
          { ...answer, reached: [...answer.reached, ...Array(more).fill(source === 'web' ? atAddress : REFUSED)] },
        ] as const;
      }),
    );
    return diagnose(APART, { presences, answers: asked });
  };

  it('is asked for by name and at each of its addresses, by those that share no network with it', () => {
    const { presences } = seen({}, { db: { ...HERE, addresses: ['10.0.0.9', '10.1.0.9'] } });
    const asked = (source: string) =>
      questionsFor(source, APART, presences).map(({ service, port }) => `${service}:${port}`);
    expect(asked('web')).toEqual(['app:3000', 'db:27017', 'web:80', '10.0.0.9:27017', '10.1.0.9:27017']);
    expect(asked('app')).toEqual(['app:3000', 'db:27017', 'web:80']);
  });

  it('is well when it is not reached', () => {
    const diagnosis = diagnosed({ ...REFUSED, how: 'timed-out' });
    expect(diagnosis.broken).toEqual([]);
    expect(networkText(diagnosis)).toMatch(/^db:27017 +\*0\.4 +\*0\.4 +-no name$/m);
    expect(networkText(diagnosis)).toContain('-  the two share no network: this way must not be there');
    expect(networkText(diagnosis)).toContain('and nobody whom they must not (2 ways');
  });

  it('is a fault when it is reached at an address, although its name is not known there', () => {
    expect(broken(diagnosed({ ...REACHED, address: '10.0.0.9' }))).toEqual([
      'web → db: it is reached at 10.0.0.9, and the two share no network: nothing of the stack goes this way',
    ]);
  });
});

describe('looking at a network', () => {
  const signal = new AbortController().signal;

  it('asks every service that runs once, for everything', async () => {
    const asked: string[] = [];
    const { presences, answers } = seen(
      {},
      { db: { running: false, says: 'exited with 1', lacks: [], addresses: [] } },
    );
    const network: NetworkView = {
      presences: async () => presences,
      reach: async (service, targets) => {
        asked.push(`${service} ${targets.length}`);
        return answers.get(service) ?? { kind: 'not-asked', why: 'unexpected' };
      },
    };
    const diagnosis = await diagnoseNetwork(STACK, { network }, signal);
    expect(asked.toSorted()).toEqual(['app 3', 'web 3']);
    expect(broken(diagnosis)).toEqual(['db: db does not run (exited with 1)']);
  });

  it('says what to do instead where there is none', async () => {
    await expect(diagnoseNetwork(STACK, {}, signal)).rejects.toMatchObject({
      code: 'ENGINE_UNAVAILABLE',
      next: expect.stringContaining('chatops-up status'),
    });
  });
});
