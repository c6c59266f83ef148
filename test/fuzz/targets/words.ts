import { createClean } from '../../../src/values/words/clean.ts';
import { must, type Target } from '../target.ts';

const SECRET = `Chief"3%/w+x&'Qz7-pLm<9`;
const clean = createClean([['CHATOPS_ADMIN_PASSWORD', SECRET]]);

/** A bare text, number or word of JSON is none. */
const isDocument = (text: string): boolean => {
  if (!/^\s*[{[]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The terminal and documents: whatever is said. */
export const words: Target = {
  name: 'words',
  seeds: [
    `refused: {"password":${JSON.stringify(SECRET)}} ${encodeURIComponent(SECRET)}\n`,
    JSON.stringify({
      why: SECRET,
      list: [{ said: `authorization: Basic ${Buffer.from(`chief:${SECRET}`).toString('base64')}` }],
    }),
    'gitlab-1  | 2026-01-01 GET /api/v4/version 200 https://a:b@git.example.org/?private_token=abcdefghijklmnop\n',
  ],
  run: (text) => {
    const once = clean.text(text);
    must(
      !/(?!\n)\p{Cc}|[\u202a-\u202e\u2066-\u2069\u200b\u200e\u200f\u2028\u2029\ufeff]/u.test(once),
      'it steers a terminal',
    );
    must(!once.includes(SECRET), 'the secret stands in it');
    must(clean.text(once) === once, 'it is not clean the first time');
    must(!isDocument(text) || isDocument(once), 'the document cannot be read any more');
  },
};
