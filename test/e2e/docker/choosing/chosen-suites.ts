/** The choice of this run: asked of the environment and of the record, and reported. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { choiceText, chooseSuites, parseAsked, parseLimit } from './choose-suites.ts';
import { digestsOf } from './files-of.ts';
import { changedSince } from './green-record.ts';
import { ALL_PATHS, SUITES, type SuiteName } from './suites.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const RECORD = `${root}.ci/green`;

/** @returns names of the suites that run, in the order of the table */
export const chosenSuites = ({ overTcp, live }: { overTcp: boolean; live: boolean }): readonly SuiteName[] => {
  const { CHATOPS_SUITES, CHATOPS_SUITES_LIMIT } = process.env;
  const asked = { suites: parseAsked(CHATOPS_SUITES), limitS: parseLimit(CHATOPS_SUITES_LIMIT), overTcp, live };
  const recorded = existsSync(RECORD) ? readFileSync(RECORD, 'utf8') : undefined;
  const choices = chooseSuites(SUITES, asked, changedSince(recorded, digestsOf(root, ALL_PATHS)));
  process.stderr.write(choiceText(choices));
  return choices.filter(({ runs }) => runs).map(({ suite }) => suite.name);
};
