import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/values/secret.ts';
import { createKnownSecrets } from '../../../../src/values/words/known-secrets.ts';

const FIRST = 'shai8eiPh4ohngah';
const LATER = 'Ooyoh7ahhahfeo9a';

describe('what is known to be secret', () => {
  it('is hidden from when it became known, also after texts have left', () => {
    const { learn, clean } = createKnownSecrets({ CHATOPS_FIRST_TOKEN: FIRST });
    expect(clean.text(`${FIRST} ${LATER}`)).toBe(`‹CHATOPS_FIRST_TOKEN› ${LATER}`);
    learn([['CHATOPS_LATER', new Secret(LATER)]]);
    expect(clean.text(`${FIRST} ${LATER}`)).toBe('‹CHATOPS_FIRST_TOKEN› ‹CHATOPS_LATER›');
  });

  it('is called by the name that it was last learned under', () => {
    const { learn, clean } = createKnownSecrets({ CHATOPS_FIRST_TOKEN: FIRST });
    learn([['CHATOPS_SAME', new Secret(FIRST)]]);
    learn([['CHATOPS_SAME', new Secret(FIRST)]]);
    expect(clean.text(FIRST)).toBe('‹CHATOPS_SAME›');
  });

  it('stays so when the name gets another value', () => {
    const { learn, clean } = createKnownSecrets({});
    learn([['CHATOPS_A', new Secret(FIRST)]]);
    learn([['CHATOPS_A', new Secret(LATER)]]);
    expect(clean.text(`${FIRST} ${LATER}`)).toBe('‹CHATOPS_A› ‹CHATOPS_A›');
  });
});
