import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFiles } from '../../../src/adapters/files.ts';
import { createProofStore } from '../../../src/adapters/proofs.ts';

const proof = (text: string) => ({ messageId: 'm', roomId: 'r', text, at: '2026-01-01T00:00:00.000Z', roundTripMs: 5 });
const aFolder = () => createFiles(mkdtempSync(join(tmpdir(), 'chatops-proofs-')));

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

  it('begins anew when its file is damaged: a proof can always be made again', async () => {
    const files = aFolder();
    await files.write('.chatops/proofs.json', '{"half":');
    expect(await createProofStore(files).read('half')).toBeUndefined();
  });
});
