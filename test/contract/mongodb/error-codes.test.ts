import { type CodeName, codeOf } from '@chatops-up/standins/internal/mongod/errors';
import { describe, expect, it } from 'vitest';
import { contractData } from '../../helpers/contract-data.ts';

/** Codes that only clients or other kinds of servers give. */
const NOT_GIVEN = new Set([
  'CommandFailed',
  'ConflictingOperationInProgress',
  'FailedToSatisfyReadPreference',
  'KeyNotFound',
  'SocketException',
]);

const { codes } = contractData<{
  readonly codes: readonly { readonly code: number; readonly codeName: string }[];
}>('mongodb/error-codes.json');
const given = codes.filter(({ codeName }) => !NOT_GIVEN.has(codeName));
process.stderr.write(`MongoDB error codes: ${given.length} of ${codes.length} compared\n`);

describe('the numbers behind the names of error-codes.json', () => {
  it.each(given)('$codeName is $code', ({ code, codeName }) => {
    expect(codeOf(codeName as CodeName)).toBe(code);
  });
});
