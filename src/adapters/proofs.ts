import type { Files } from '../contracts/files.ts';
import { isProof, type Proof, type ProofStore, proofFile } from '../contracts/proofs.ts';
import { readJson } from '../values/shape.ts';

/** Only a memory of what was proven: without it, or with half of it, the proof is made again. */
const parse = (text: string | undefined): Proof | undefined => {
  const read = text === undefined ? undefined : readJson(text);
  return isProof(read) ? read : undefined;
};

/** Proofs of a stack in `.chatops/proofs/`: name → the message that proves it. */
export const createProofStore = (files: Files): ProofStore => ({
  read: async (name) => parse(await files.read(proofFile(name))),
  write: (name, proof) => files.write(proofFile(name), `${JSON.stringify(proof, null, 2)}\n`),
});
