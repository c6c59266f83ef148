/** The list that is kept, made from that of a program that rates passwords (zxcvbn), and what it refuses. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { checkSecret } from '../../../../src/config/secret-rules.ts';
import { ROOT_PASSWORD } from '../../../../src/parts/gitlab/secret-kinds.ts';
import { isWidelyUsed, KEPT_BYTES, keptOf } from '../../../../src/parts/gitlab/weak-passwords.ts';

const FILE = new URL('../../../../src/parts/gitlab/generated/weak-digests.ts', import.meta.url);
const COUNT = 4_500;
const LINE = 120;

const { passwords } = createRequire(import.meta.url)('zxcvbn/lib/frequency_lists.js') as {
  readonly passwords: readonly string[];
};
/** GitLab takes no shorter one. */
const weak = passwords.filter(({ length }) => length >= 8).slice(0, COUNT);

const rendered = (): string => {
  const digests = weak.map(keptOf).sort(Buffer.compare);
  const text = Buffer.concat(digests).toString('base64');
  const lines = text.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return [
    `/** Written by weak-passwords.test.ts: of the ${COUNT} most used passwords of 8 characters or more ${KEPT_BYTES} bytes of a digest each. */`,
    'export const WEAK_DIGESTS: readonly string[] = [',
    ...lines.map((line) => `  '${line}',`),
    '];',
    '',
  ].join('\n');
};

describe('passwords that everybody tries first', () => {
  it('are kept as the committed file has them (UPDATE=1 writes it)', () => {
    if (process.env.UPDATE) writeFileSync(FILE, rendered());
    expect(readFileSync(FILE, 'utf8')).toBe(rendered());
  });

  // Those that stand in GitLab's own list (config/weak_password_digests.yml).
  it.each(['123456789', 'password', 'password1', 'changeme', 'passw0rd', 'trustno1', 'PassWord1'])(
    '%s is one',
    (password) => {
      expect(isWidelyUsed(password)).toBe(true);
      expect(checkSecret({ kind: ROOT_PASSWORD }, password)).toBe(
        'is one that everybody tries first, which GitLab refuses: take a long one of your own',
      );
    },
  );

  it('are not the others', () => {
    const others = Array.from({ length: 2_000 }, (_, at) => `correct-horse-${at}`);
    expect(others.filter(isWidelyUsed)).toEqual([]);
    expect(checkSecret({ kind: ROOT_PASSWORD }, 'Aeteiy2ohghooGhe')).toBeUndefined();
  });
});
