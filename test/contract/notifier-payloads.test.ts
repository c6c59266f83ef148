/** The vendor's payload samples (`../shared/contracts/gitlab/webhooks`) and the messages made of them, as reviewed. */
import { describe, expect, it } from 'vitest';
import { leftOut } from '../helpers/available.ts';
import { sampleDeliveries } from '../unit/notifier/deliveries.ts';
import { contentOf, page } from '../unit/notifier/show.ts';

const samples = sampleDeliveries();

if (samples === undefined) leftOut('messages for the payload samples', 'the contracts are not on this machine');

describe('messages for the payload samples', () => {
  it.runIf(samples)('are as reviewed (en)', async () => {
    await expect(page(samples ?? [], 'en')).toMatchFileSnapshot('../fixtures/notifier/messages/samples.en.txt');
  });

  it.runIf(samples)('are as reviewed (fr)', async () => {
    await expect(page(samples ?? [], 'fr')).toMatchFileSnapshot('../fixtures/notifier/messages/samples.fr.txt');
  });

  it.runIf(samples)('say something of every sample, and nothing modest of any', () => {
    const texts = (samples ?? []).map((sample) => contentOf(sample, { locale: 'en', intermediate: true })?.text ?? '');
    expect(texts.filter((text) => text === '' || text.startsWith('GitLab:'))).toEqual([]);
    expect(texts.length).toBeGreaterThanOrEqual(48);
  });
});
