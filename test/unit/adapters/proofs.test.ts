import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFiles } from '../../../src/adapters/files.ts';
import { createProofStore } from '../../../src/adapters/proofs.ts';

const proof = (text: string) => ({ messageId: 'm', roomId: 'r', text, at: '2026-01-01T00:00:00.000Z', roundTripMs: 5 });
const aPath = () => mkdtempSync(join(tmpdir(), 'chatops-proofs-'));
const aFolder = () => createFiles(aPath());

describe('the memory of proofs', () => {
  it('keeps every one of those written at the same time', async () => {
    const store = createProofStore(aFolder());
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => store.write(name, proof(name))));
    expect(await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => (await store.read(name))?.text))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('keeps every one of those written at the same time by processes that know nothing of each other', async () => {
    const path = aPath();
    const stores = ['a', 'b', 'c', 'd'].map((name) => ({ name, store: createProofStore(createFiles(path)) }));
    await Promise.all(stores.map(({ name, store }) => store.write(name, proof(name))));
    expect(await Promise.all(stores.map(async ({ name, store }) => (await store.read(name))?.text))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('begins anew when its file is damaged: a proof can always be made again', async () => {
    const files = aFolder();
    await files.write('.chatops/proofs/half.json', '{"half":');
    expect(await createProofStore(files).read('half')).toBeUndefined();
  });
});
