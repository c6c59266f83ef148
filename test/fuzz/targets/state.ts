/** What stands in `.chatops` and beside it, as a killed run, an editor or another version may have left it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProofStore } from '../../../src/adapters/proofs.ts';
import type { Files } from '../../../src/contracts/files.ts';
import { assignPorts, readPorts } from '../../../src/engines/embedded/loopback-ports.ts';
import { openRecords } from '../../../src/engines/embedded/records.ts';
import { readLedgerFile } from '../../../src/engines/embedded/write-ledger.ts';
import { createHookPlaces } from '../../../src/parts/gitlab/client/hook-places.ts';
import { readState } from '../../../src/parts/relay/program/read-state.ts';
import { readProbeTable } from '../../../src/prober/probe-table.ts';
import { aStack } from '../../builders/stack.ts';
import { must, type Target } from '../target.ts';

const dir = mkdtempSync(join(tmpdir(), 'chatops-fuzz-'));
process.once('exit', () => rmSync(dir, { recursive: true, force: true }));

const written = (text: string): string => {
  const path = join(dir, 'state.json');
  writeFileSync(path, text);
  return path;
};

const holding = (text: string): Files => ({
  read: async () => text,
  write: async () => undefined,
  readNamed: async () => ({ text: undefined, why: 'ENOENT' }),
  remove: async () => undefined,
});

const places: Target = {
  name: 'places',
  seeds: ['{"mongo:27017":20001,"rocketchat:3000":26001,"nginx:8080":8080}'],
  run: async (text) => {
    const read = readPorts(written(text));
    for (const [key, port] of Object.entries(read))
      must(Number.isInteger(port) && port > 0 && port < 65_536, `${key} has no port`);
    must(Object.keys(await assignPorts([], read)).length === Object.keys(read).length, 'places are lost');
  },
};

const records: Target = {
  name: 'records',
  seeds: [
    JSON.stringify(
      aStack()
        .nodes.filter(({ kind }) => kind === 'service')
        .slice(0, 2),
    ),
  ],
  run: (text) => {
    const read = openRecords(written(text));
    for (const service of read.all()) {
      must(typeof service.name === 'string' && read.get(service.name) !== undefined, 'a service without a name');
      must(typeof service.container === 'object' && service.container !== null, `${service.name} has no container`);
    }
  },
};

const ledger: Target = {
  name: 'ledger',
  seeds: [
    '{"gitlab":{"totals":{"read":1,"write":2,"session":0,"traffic":3},"lastRun":{"read":1,"write":0,"session":0,"traffic":0},"lastWrites":["gitlab POST /x"]}}',
  ],
  run: (text) => {
    for (const [name, { totals }] of Object.entries(readLedgerFile(written(text))))
      must(Number.isFinite(totals.write), `${name} counted nothing`);
  },
};

const proofs: Target = {
  name: 'proofs',
  seeds: [
    '{"messageId":"a","roomId":"b","text":"Can you hear me?","at":"2026-01-01T00:00:00.000Z","roundTripMs":12}',
    '{"messageId":"","roomId":"b","text":"12","shows":"a GitLab pipeline event","at":"2026-01-01T00:00:00.000Z","roundTripMs":0}',
  ],
  run: async (text) => {
    const proof = await createProofStore(holding(text)).read('conversation');
    must(
      proof === undefined ||
        [proof.messageId, proof.roomId, proof.text, proof.at].every((each) => typeof each === 'string'),
      'a proof without its texts',
    );
    must(proof === undefined || Number.isFinite(proof.roundTripMs), 'a proof without its time');
  },
};

const hookPlaces: Target = {
  name: 'hook-places',
  seeds: ['[{"kind":"project","path":"ops/app"},{"kind":"instance"},{"kind":"group","path":"ops"}]'],
  run: async (text) => {
    for (const place of await createHookPlaces(holding(text)).read())
      must(place.kind === 'instance' || typeof place.path === 'string', 'a place without a path');
  },
};

const relayState: Target = {
  name: 'relay-state',
  seeds: [
    '{"version":1,"instance":"a","seen":["x"],"memory":{"ci":"{}"},"runs":[{"key":"k","progress":[1,2,3],"again":0}],"outbox":[{"id":"1","room":"ci","message":{"line":[{"kind":"text","text":"hello"}],"tone":"plain","details":[],"fields":[]},"tried":false}]}',
  ],
  run: (text) => {
    const { state } = readState(text, 'new');
    must(state.version === 1 && state.outbox.every(({ message }) => Array.isArray(message.line)), 'half a state');
  },
};

const probeTable: Target = {
  name: 'probe-table',
  seeds: ['{"services":{"mongo":{"probe":{"what":"tcp","endpoint":{"service":"mongo","port":27017}}}}}'],
  run: (text) => {
    for (const [name, row] of readProbeTable(text))
      for (const spec of Object.values(row)) must(typeof spec.what === 'string', `${name} is asked nothing`);
  },
};

export const state: readonly Target[] = [places, records, ledger, proofs, hookPlaces, relayState, probeTable];
