/** Parts that chatops.yaml names: their code is loaded, and so run. */
import { type LoadedModule, loadModule } from '../adapters/load-module.ts';
import { type NamedPart, readNamedParts } from '../config/named-parts.ts';
import type { Finding } from '../config/rules/rule.ts';
import { show } from '../config/show.ts';
import type { House } from '../contracts/house.ts';
import type { Part } from '../contracts/part.ts';
import { ownHouse } from './own-house.ts';
import { clashesOf } from './part-clashes.ts';
import { partOf } from './part-shape.ts';
import { probeKindsOf } from './probe-kinds.ts';
import { CONFIG_FILE } from './stack-directory.ts';

interface Said {
  readonly message: string;
  readonly fix: string;
}

const notFound = (place: string, file: string | undefined): Said => {
  if (file === undefined) {
    return {
      message: `there is no package ${show(place)} for the stack directory, the folders above it, or beside chatops-up`,
      fix: `run \`npm install ${place}\` in the stack directory, or begin the path of a file with ./`,
    };
  }
  const fix = place.startsWith('./')
    ? 'correct the path: it starts from the stack directory'
    : 'install the package anew';
  return { message: `there is no file ${file}`, fix };
};

const partIn = (place: string, loaded: LoadedModule): Part | Said => {
  if (loaded.kind === 'not-found') return notFound(place, loaded.file);
  if (loaded.kind === 'failed') {
    return { message: `${show(place)} cannot be loaded: ${loaded.why}`, fix: 'fix its code, or take it out' };
  }
  const shape = partOf(loaded.exports);
  if (shape.kind === 'part') return shape.part;
  return shape.kind === 'no-export'
    ? { message: `${show(place)} exports no part`, fix: 'export it as `part`, or by default' }
    : { message: `what ${show(place)} exports is no part: ${shape.why}`, fix: 'fix its code, or take it out' };
};

const clash = (clashes: readonly string[]): Said => ({
  message: clashes.join('; '),
  fix: 'take one of the two out, or give it another name',
});

const isPart = (found: Part | Said): found is Part => 'name' in found;

/** @param dir the stack directory, absolute */
const loadAll = async (named: readonly NamedPart[], dir: string, own: readonly Part[]) => {
  const parts: Part[] = [];
  const findings: Finding[] = [];
  for (const { place, index } of named) {
    const found = partIn(place, await loadModule(place, dir));
    const clashes = isPart(found) ? clashesOf(found, [...own, ...parts]) : [];
    if (isPart(found) && clashes.length === 0) parts.push(found);
    else findings.push({ path: ['parts', index], ...(isPart(found) ? clash(clashes) : found) });
  }
  return { parts, findings };
};

/**
 * Our own house, with the parts that the text names after ours, in its order.
 * @throws ConfigError CONFIG_INVALID at the names of those that cannot be used, all at once; CONFIG_TOO_LARGE
 */
export const houseOf = async (text: string, dir: string): Promise<House> => {
  const { parts: named, judge } = readNamedParts(text, CONFIG_FILE);
  const own = ownHouse();
  if (named.length === 0) return own;
  const { parts, findings } = await loadAll(named, dir, own.parts);
  judge(findings);
  const all = [...own.parts, ...parts];
  return { ...own, parts: all, probes: probeKindsOf(all) };
};
