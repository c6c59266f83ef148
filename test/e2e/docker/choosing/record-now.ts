/** The text of `.ci/green` if everything passed on the files as they are. */
import { digestsOf } from './files-of.ts';
import { recordText } from './green-record.ts';
import { ALL_PATHS } from './suites.ts';

/** @param root folder of the project, absolute */
export const recordNow = (root: string): string => recordText(digestsOf(root, ALL_PATHS));
