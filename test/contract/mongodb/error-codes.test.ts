import { readFileSync } from 'node:fs';
import { type CodeName, codeOf } from '@chatops-up/standins/internal/mongod/errors';
import { describe, expect, it } from 'vitest';
import { contractsDir, leftOutSuite } from '../../helpers/available.ts';

/** Codes that only clients or other kinds of servers give. */
const NOT_GIVEN = new Set([
  'CommandFailed',
  'ConflictingOperationInProgress',
  'FailedToSatisfyReadPreference',
  'KeyNotFound',
  'SocketException',
]);

const dir = contractsDir();

if (dir === undefined) {
  leftOutSuite('MongoDB error codes', 'the contracts folder is absent');
} else {
  const { codes } = JSON.parse(readFileSync(`${dir}/mongodb/facts/error-codes.json`, 'utf8')) as {
    codes: Array<{ code: number; codeName: string }>;
  };
  const given = codes.filter(({ codeName }) => !NOT_GIVEN.has(codeName));
  process.stderr.write(`MongoDB error codes: ${given.length} of ${codes.length} compared\n`);

  describe('the numbers behind the names of error-codes.json', () => {
    it.each(given)('$codeName is $code', ({ code, codeName }) => {
      expect(codeOf(codeName as CodeName)).toBe(code);
    });
  });
}
