import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/notifier/core/announce.ts';
import { renderPost } from '../../../src/notifier/mattermost/render.ts';
import { type Delivery, ownDeliveries, ownDelivery } from './deliveries.ts';

const announced = ({ header, payload }: Omit<Delivery, 'name'>) => {
  const message = announce({ header, payload }, { locale: 'en', intermediate: true });
  return message && renderPost(message);
};

const postOf = (delivery: Delivery) => {
  const post = announced(delivery);
  if (!post) throw new Error('nothing is said');
  return post;
};

/** As a reviewer reads it; the invisible joiner of the escapes shows as `·`. */
const show = (delivery: Delivery): string => {
  const post = announced(delivery);
  const { message, attachments } = post ?? { message: '(says nothing)', attachments: [] };
  const more = attachments.flatMap(({ color, text, fields = [] }) => [
    `  (${color})`,
    ...(text === undefined ? [] : text.split('\n').map((line) => `  ${line}`)),
    ...fields.map(({ title, value }) => `  ${title}: ${value}`),
  ]);
  return [`── ${delivery.name} · ${delivery.header}`, message, ...more, ''].join('\n').replaceAll('\u2060', '·');
};

describe('what a Mattermost channel reads', () => {
  it('is as reviewed, for the project’s own deliveries', async () => {
    await expect(ownDeliveries().map(show).join('\n')).toMatchFileSnapshot(
      '../../fixtures/notifier/messages/own.mattermost.txt',
    );
  });

  it('says in every attachment what notifications show instead of it', () => {
    const { message, attachments } = postOf(ownDelivery('pipeline-failed'));
    expect(attachments.map(({ fallback }) => fallback)).toEqual([message]);
  });

  it('is below the server’s limit for the largest push', () => {
    expect(JSON.stringify(postOf(ownDelivery('push-largest'))).length).toBeLessThan(8_001);
  });
});
