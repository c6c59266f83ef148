import { describe, expect, it } from 'vitest';
import { ownDeliveries } from './deliveries.ts';
import { page } from './show.ts';

describe('messages for the fixtures, as reviewed', () => {
  it.each(['en', 'fr'] as const)('reads well (%s)', async (locale) => {
    await expect(page(ownDeliveries(), locale)).toMatchFileSnapshot(
      `../../fixtures/notifier/messages/own.${locale}.txt`,
    );
  });
});
