/** One suite for every driver of another language: written by people who share nothing with us. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { leftOutSuite } from '../../helpers/available.ts';
import { EXPECTED_CODES, expectElectionsFollowed, judgedBy } from './judged-set.ts';

export interface Driver {
  readonly name: string;
  /** Folder under test/judges whose `install` makes it. */
  readonly folder: string;
  /** There once it is installed. */
  readonly installed: string;
  readonly program: string;
  readonly args: readonly string[];
}

export const judgeWith = ({ name, folder, installed, program, args }: Driver): void => {
  if (!existsSync(installed)) {
    leftOutSuite(`${name} as judge of the mongod stand-in`, `not installed; run test/judges/${folder}/install`);
    return;
  }
  describe(name, () => {
    it('finds the primary, follows a step-down and a kill, logs in, and is refused with the same codes as everybody', async () => {
      const judged = await judgedBy(program, args);
      expectElectionsFollowed(judged);
      expect(judged.report.codes).toEqual(EXPECTED_CODES);
      expect(judged.report['ghost is not selected']).toBe(true);
      expect(judged.report['login works']).toBe(1);
      expect(judged.report.logins).toBe(3);
    });
  });
};
