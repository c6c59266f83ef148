/** Parts that chatops.yaml names: their code is loaded, and so run. */
import { type LoadedModule, loadModule } from '../adapters/load-module.ts';
import type { Finding } from '../config/finding.ts';
import { type NamedPart, readNamedParts } from '../config/named-parts.ts';
import { show } from '../config/show.ts';
import type { House } from '../contracts/house.ts';
import type { Part } from '../contracts/part.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { carryParts, type RunningPart, runningPart } from './carry-parts.ts';
import { ownHouse } from './own-house.ts';
import { clashesOf } from './part-clashes.ts';
import { partOf } from './part-shape.ts';
import { probeKindsOf } from './probe-kinds.ts';
import { CONFIG_FILE } from './stack-directory.ts';

interface Said {
  readonly message: string;
  readonly fix: string;
}

const notFound = (module: string, file: string | undefined): Said => {
  if (file === undefined) {
    return {
      message: `there is no package ${show(module)} for the stack directory, the folders above it, or beside chatops-up`,
      fix: `run \`npm install ${module}\` in the stack directory, or begin the path of a file with ./`,
    };
  }
  const fix = module.startsWith('./')
    ? 'correct the path: it starts from the stack directory'
    : 'install the package anew';
  return { message: `there is no file ${file}`, fix };
};

const notLoaded = (module: string, loaded: Exclude<LoadedModule, { kind: 'loaded' }>): Said =>
  loaded.kind === 'not-found'
    ? notFound(module, loaded.file)
    : { message: `${show(module)} cannot be loaded: ${loaded.why}`, fix: 'fix its code, or take it out' };

const partIn = (module: string, exports: Readonly<Record<string, unknown>>): Part | Said => {
  const shape = partOf(exports);
  if (shape.kind === 'part') return shape.part;
  return shape.kind === 'no-export'
    ? { message: `${show(module)} exports no part`, fix: 'export it as `part`, or by default' }
    : { message: `what ${show(module)} exports is no part: ${shape.why}`, fix: 'fix its code, or take it out' };
};

const clash = (clashes: readonly string[]): Said => ({
  message: clashes.join('; '),
  fix: 'take one of the two out, or give it another name',
});

const isPart = (found: Part | Said): found is Part => 'name' in found;

interface Loaded {
  readonly part: Part;
  /** Absent: it brings nothing that containers would have to run. */
  readonly running?: RunningPart;
}

/** @param taken parts whose names are given away */
const loadOne = async (module: string, dir: string, taken: readonly Part[]): Promise<Loaded | Said> => {
  const loaded = await loadModule(module, dir);
  if (loaded.kind !== 'loaded') return notLoaded(module, loaded);
  const part = partIn(module, loaded.exports);
  if (!isPart(part)) return part;
  const clashes = clashesOf(part, taken);
  if (clashes.length > 0) return clash(clashes);
  try {
    const running = await runningPart(part, loaded.file);
    return { part, ...(running && { running }) };
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    return { message: `the jobs of ${show(module)} cannot be loaded: ${why}`, fix: 'fix its code, or take it out' };
  }
};

/** @param dir the stack directory, absolute */
const loadAll = async (named: readonly NamedPart[], dir: string, own: readonly Part[]) => {
  const loaded: Loaded[] = [];
  const findings: Finding[] = [];
  for (const { module, index } of named) {
    const found = await loadOne(module, dir, [...own, ...loaded.map(({ part }) => part)]);
    if ('part' in found) loaded.push(found);
    else findings.push({ path: ['parts', index], ...found });
  }
  return { loaded, findings };
};

/** Of code that hands them in, not of chatops.yaml. @throws ChatopsError USAGE */
const requireFree = (given: readonly Part[], own: readonly Part[]): void => {
  for (const [index, part] of given.entries()) {
    const shape = partOf({ part });
    const why = shape.kind === 'refused' ? [shape.why] : clashesOf(part, [...own, ...given.slice(0, index)]);
    if (why.length === 0) continue;
    const next = 'give it another name, or leave it out';
    throw new ChatopsError('USAGE', { what: `the part ${show(part.name)} cannot be used`, why: why.join('; '), next });
  }
};

/**
 * Our own house, with the parts that are handed in and those that the text names after ours, in this order.
 * @throws ConfigError CONFIG_INVALID at the names of those that cannot be used, all at once; CONFIG_TOO_LARGE
 * @throws ChatopsError USAGE: a part that is handed in cannot be used
 */
export const houseOf = async (text: string, dir: string, given: readonly Part[] = []): Promise<House> => {
  const { parts: named, judge } = readNamedParts(text, CONFIG_FILE);
  const own = ownHouse();
  if (named.length === 0 && given.length === 0) return own;
  requireFree(given, own.parts);
  const before = [...own.parts, ...given];
  const { loaded, findings } = await loadAll(named, dir, before);
  judge(findings);
  const all = [...before, ...loaded.map(({ part }) => part)];
  const carried = await carryParts(
    loaded.flatMap(({ running }) => running ?? []),
    dir,
  );
  return { ...own, parts: all, probes: probeKindsOf(all), ...carried };
};
