import type { Files } from '../contracts/files.ts';
import { type Proof, type ProofStore, proofFile } from '../contracts/proofs.ts';

const parse = (text: string | undefined): Proof | undefined => {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Proof;
  } catch {
    // Only a memory of what was proven: without it the proof is made again.
    return undefined;
  }
};

/** Proofs of a stack in `.chatops/proofs/`: name → the message that proves it. */
export const createProofStore = (files: Files): ProofStore => ({
  read: async (name) => parse(await files.read(proofFile(name))),
  write: (name, proof) => files.write(proofFile(name), `${JSON.stringify(proof, null, 2)}\n`),
});
