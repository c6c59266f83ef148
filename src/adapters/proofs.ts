import type { Files } from '../ports/files.ts';
import { PROOFS_FILE, type Proof, type ProofStore } from '../ports/proofs.ts';

const parse = (text: string | undefined): Record<string, Proof> => {
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Record<string, Proof>;
  } catch {
    // Only a memory of what was proven: without it the proof is made again.
    return {};
  }
};

/** Proofs of a stack in `.chatops/proofs.json`: name → the message that proves it. Jobs run at once, so writes take turns. */
export const createProofStore = (files: Files): ProofStore => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    read: async (name) => parse(await files.read(PROOFS_FILE))[name],
    write: (name, proof) => {
      const write = async (): Promise<void> => {
        const proofs = { ...parse(await files.read(PROOFS_FILE)), [name]: proof };
        await files.write(PROOFS_FILE, `${JSON.stringify(proofs, null, 2)}\n`);
      };
      const done = last.then(write, write);
      last = done;
      return done;
    },
  };
};
