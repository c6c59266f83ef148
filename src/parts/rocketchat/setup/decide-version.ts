import { compareReleases } from './compare-releases.ts';
import type { PartDecision } from './part-decision.ts';
import type { Seen } from './seen.ts';
import type { Wanted } from './wanted.ts';

/**
 * Since 8.4 the engine of apps needs Deno 2.3; official images before this release bring 1.43
 * (RocketChat/Docker.Official.Image 30094c9 and 08e7edf, #290; RocketChat/Rocket.Chat #40473).
 */
const NEEDS_DENO = '8.4.0';
const BRINGS_DENO = '8.5.3';

export const decideVersion = (_: Wanted, { version }: Seen): PartDecision => {
  const isTroubled =
    version !== undefined && compareReleases(version, NEEDS_DENO) >= 0 && compareReleases(version, BRINGS_DENO) < 0;
  const warning = `Rocket.Chat ${version}: its official image brings a Deno that apps cannot run on, and desktop notifications suffer; take ${BRINGS_DENO} or later`;
  return { changes: [], conflicts: [], warnings: isTroubled ? [warning] : [] };
};
