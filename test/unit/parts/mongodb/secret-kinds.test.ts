import { describe, expect, it } from 'vitest';
import { checkSecret } from '../../../../src/config/secret-rules.ts';
import { DATABASE_PASSWORD, SET_KEY } from '../../../../src/parts/mongodb/secret-kinds.ts';

describe("MongoDB's secrets", () => {
  it('a key of MongoDB is base64, as long as mongod takes it', () => {
    expect(checkSecret({ kind: SET_KEY }, 'x'.repeat(31))).toContain('32 to 1,024 characters of base64');
    expect(checkSecret({ kind: SET_KEY }, 'x'.repeat(1_025))).toContain('32 to 1,024 characters of base64');
    expect(checkSecret({ kind: SET_KEY }, `${'x'.repeat(40)}-`)).toContain('32 to 1,024 characters of base64');
    expect(checkSecret({ kind: SET_KEY }, `${'+/x0'.repeat(10)}x==`)).toBeUndefined();
  });

  it('a password of MongoDB can stand in a connection string as it is', () => {
    expect(checkSecret({ kind: DATABASE_PASSWORD }, 'a@b:c/d-and-more')).toContain('12 to 200 characters');
    expect(checkSecret({ kind: DATABASE_PASSWORD }, 'short')).toContain('12 to 200 characters');
    expect(checkSecret({ kind: DATABASE_PASSWORD }, 'long-enough_1.2~3')).toBeUndefined();
  });
});
