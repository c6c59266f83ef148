/** the official Go driver as judge: written by people who share nothing with us. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { leftOut } from '../../helpers/available.ts';
import { EXPECTED_CODES, expectElectionsFollowed, judgedBy } from '../mongo-node/judged-set.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = `${here}.cache/judge`;

if (!existsSync(program)) {
  leftOut('the official Go driver as judge of the mongod stand-in', 'not installed; run test/judges/mongo-go/install');
} else {
  describe('the official Go driver', () => {
    it('finds the primary, follows a step-down and a kill, logs in, and is refused with the same codes as everybody', async () => {
      const judged = await judgedBy(program, []);
      expectElectionsFollowed(judged);
      expect(judged.report.codes).toEqual(EXPECTED_CODES);
      expect(judged.report['ghost is not selected']).toBe(true);
      expect(judged.report['login works']).toBe(1);
    });
  });
}
