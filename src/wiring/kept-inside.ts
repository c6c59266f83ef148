/** What jobs inside the network keep in files: their own, and those of parts. */
import { createFiles } from '../adapters/files.ts';
import { createProofStore } from '../adapters/proofs.ts';
import type { HookPlaces } from '../contracts/hook-places.ts';
import { type Provided, provide } from '../contracts/ports.ts';
import type { ProofStore } from '../contracts/proofs.ts';
import { createHookPlaces } from '../parts/gitlab/client/hook-places.ts';
import { RUNNER_CONFIG } from '../parts/gitlab-runner/runner-config.ts';
import { runnerConfigInside } from './runner-config-inside.ts';

export interface KeptInside {
  readonly proofs: ProofStore;
  readonly hookPlaces: HookPlaces;
  readonly kept: readonly Provided[];
}

/** Path in the stack directory → text of the rendered file; undefined when there is none. */
type Rendered = (path: string) => Promise<string | undefined>;

/** @param dir the stack directory as jobs see it; what they remember stands there */
export const keptInside = (dir: string, rendered: Rendered = (path) => createFiles(dir).read(path)): KeptInside => {
  const files = createFiles(dir);
  return {
    proofs: createProofStore(files),
    hookPlaces: createHookPlaces(files),
    kept: [provide(RUNNER_CONFIG, runnerConfigInside(rendered))],
  };
};

/** The same to look at. @param refuse what writing does instead */
export const onlyRead = (dir: string, rendered: Rendered, refuse: () => Promise<never>): KeptInside => {
  const { proofs, hookPlaces } = keptInside(dir, rendered);
  return {
    proofs: { ...proofs, write: refuse },
    hookPlaces: { ...hookPlaces, add: refuse },
    kept: [provide(RUNNER_CONFIG, { ...runnerConfigInside(rendered), write: refuse })],
  };
};
