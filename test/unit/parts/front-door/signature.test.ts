import { describe, expect, it } from 'vitest';
import { readSignature, signatureOf } from '../../../../src/parts/front-door/probes/signature.ts';

const answer = (status: number, headers: Readonly<Record<string, string>> = {}) => ({ status, headers, body: '' });

describe('a signature that is written out', () => {
  it.each([
    ['/health', answer(200), undefined],
    ['/health', answer(404), 'not 200'],
    ['/health 204', answer(204), undefined],
    ['/health 204', answer(200), 'not 204'],
    ['/ 200 X-Wiki', answer(200, { 'x-wiki': 'any' }), undefined],
    ['/ 200 X-Wiki', answer(200), 'no header X-Wiki'],
    ['/ x-wiki: the pages', answer(200, { 'x-wiki': 'the pages' }), undefined],
    ['/ x-wiki: the pages', answer(200, { 'x-wiki': 'others' }), 'no header x-wiki: the pages'],
  ])('%s judges %j', (text, response, lacks) => {
    expect(readSignature(text)?.lacks(response)).toBe(lacks);
  });

  it('asks its path', () => {
    expect(readSignature('/health 200')?.path).toBe('/health');
  });

  it.each(['', 'wiki', 'toString', '/ 99', '/ 200 x y', 'health 200'])('is not read out of %j', (text) => {
    expect(readSignature(text)).toBeUndefined();
    expect(() => signatureOf(text)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });
});
