/** What a run came to, as data for reports. */

import type { Diagnosis } from '../contracts/diagnosis.ts';
import type { PlayedService } from '../contracts/engine.ts';
import type { Change } from '../contracts/job.ts';
import type { Proof } from '../contracts/proofs.ts';
import type { ChatopsError } from '../errors/chatops-error.ts';
import type { PublicUrls } from '../stack/stack.ts';
import type { FileStep, ServiceStep } from './plan.ts';
import type { Standing } from './standing.ts';

export interface NodeOutcome {
  readonly node: string;
  readonly kind: 'service' | 'job';
  /** `stopped`: the run was interrupted while it was worked on. */
  readonly result: 'ready' | 'done' | 'failed' | 'stopped' | 'skipped';
  /** From its first gate open until it was ready or done, ms. */
  readonly tookMs: number;
  readonly changes: readonly Change[];
  readonly warnings: readonly string[];
  readonly detail?: string;
  /** Present exactly when `failed`. */
  readonly error?: ChatopsError;
  /** Of a failed service: what it answers now. */
  readonly standing?: Standing;
  /** Of a failed node, where the engine knows more of it. */
  readonly diagnosis?: Diagnosis;
  /** The node that failed before a skipped one; absent when the run was interrupted first. */
  readonly because?: string;
}

export interface UpOutcome {
  readonly engine: string;
  readonly engineWhy: string;
  /** What was found worth a warning about the machine; absent when nothing. */
  readonly cautions?: readonly string[];
  readonly files: readonly FileStep[];
  readonly services: readonly ServiceStep[];
  readonly nodes: readonly NodeOutcome[];
  readonly played: readonly PlayedService[];
  readonly urls: PublicUrls;
  /** Label of an address → why it does not answer from this machine; absent when all answer, or were not asked. */
  readonly silent?: Readonly<Record<string, string>>;
  /** Proof name → what proves it; only those that could be read back in this run. */
  readonly proofs: Readonly<Record<string, Proof>>;
  readonly tookMs: number;
  /** Present when a signal ended the run before everything was reached. */
  readonly interrupted?: ChatopsError;
}

export const failures = (outcome: Pick<UpOutcome, 'nodes'>): readonly ChatopsError[] =>
  outcome.nodes.flatMap(({ error }) => (error ? [error] : []));

/** Every change that was made: files, services and product objects. */
export const madeChanges = (outcome: UpOutcome): number =>
  outcome.files.length + outcome.services.length + outcome.nodes.reduce((sum, { changes }) => sum + changes.length, 0);
