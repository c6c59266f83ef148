import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRecords } from '../../../../src/engines/embedded/records.ts';
import { aService } from '../../../builders/nodes.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'chatops-records-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const reading = (records: unknown) => {
  const path = join(dir, 'services.json');
  writeFileSync(path, JSON.stringify(records));
  return openRecords(path);
};

const { usable, ...service } = aService('chat');

it('are read as they were written', () => {
  const written = { ...service, ready: { what: 'http' }, usable };
  expect(reading([written]).get('chat')).toEqual(written);
});

it('of version 0.1 had one question, by which it is usable', () => {
  expect(reading([{ ...service, ready: usable }]).get('chat')).toEqual({ ...service, usable });
});

it('without any question are refused', () => {
  expect(() => reading([service])).toThrow('services.json cannot be read');
});
