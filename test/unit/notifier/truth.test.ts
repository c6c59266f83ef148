/** Every message is borne out by its payload, in both languages; and what judges that notices when it is not. */
import { describe, expect, it } from 'vitest';
import { announce } from '../../../src/notifier/core/announce.ts';
import type { Message } from '../../../src/notifier/core/message.ts';
import { type Delivery, ownDeliveries, ownDelivery, sampleDeliveries } from './deliveries.ts';
import { untruthsOf } from './truth.ts';

const messageOf = ({ header, payload }: Delivery, locale: 'en' | 'fr' = 'en'): Message | undefined =>
  announce({ header, payload }, { locale, intermediate: true });

const deliveries: readonly Delivery[] = [
  ...ownDeliveries().filter(({ name }) => !name.startsWith('hostile')),
  ...(sampleDeliveries() ?? []),
];

describe.each(['en', 'fr'] as const)('a message (%s)', (locale) => {
  it.each(deliveries.map((delivery) => [delivery.name, delivery] as const))('of %s is true', (_name, delivery) => {
    const message = messageOf(delivery, locale);
    expect(message === undefined ? [] : untruthsOf(delivery, message)).toEqual([]);
  });
});

/** The message of one delivery, judged by the payload of another that differs in one fact. */
const untruthsWhen = (name: string, change: (payload: Record<string, unknown>) => Record<string, unknown>) => {
  const delivery = ownDelivery(name);
  const message = messageOf(delivery);
  if (message === undefined) throw new Error(`nothing is said of ${name}`);
  return untruthsOf({ ...delivery, payload: change({ ...delivery.payload }) }, message);
};

const attributes = (payload: Record<string, unknown>, changes: object): Record<string, unknown> => ({
  ...payload,
  object_attributes: { ...(payload.object_attributes as object), ...changes },
});

describe('the judge of truth', () => {
  it.each([
    [
      'another actor',
      'issue-reopened',
      (p: Record<string, unknown>) => ({ ...p, user: { name: 'Bo Lind' } }),
      /^actor/,
    ],
    [
      'another place',
      'issue-reopened',
      (p: Record<string, unknown>) => ({ ...p, project: { ...(p.project as object), path_with_namespace: 'x/y' } }),
      /^place/,
    ],
    ['another number', 'issue-reopened', (p: Record<string, unknown>) => attributes(p, { iid: 13 }), /^number/],
    [
      'the number of the database',
      'issue-reopened',
      (p: Record<string, unknown>) => attributes(p, { id: 12, iid: 13 }),
      /^id/,
    ],
    [
      'another address',
      'deployment-success',
      (p: Record<string, unknown>) => ({ ...p, environment_external_url: 'https://else.example.org' }),
      /^stray/,
    ],
    ['another action', 'issue-reopened', (p: Record<string, unknown>) => attributes(p, { action: 'close' }), /^verb/],
    ['another title', 'issue-reopened', (p: Record<string, unknown>) => attributes(p, { title: 'Else' }), /^invented/],
    ['the opposite', 'pipeline-failed', (p: Record<string, unknown>) => attributes(p, { status: 'success' }), /^verb/],
    [
      'more people than are named',
      'issue-many-assignees',
      (p: Record<string, unknown>) => ({ ...p, assignees: (p.assignees as unknown[]).slice(1) }),
      /^cut list/,
    ],
    ['another count', 'push-nineteen', (p: Record<string, unknown>) => ({ ...p, total_commits_count: 7 }), /^commits/],
    [
      'the deployer in place of the approver',
      'deployment-approved',
      (p: Record<string, unknown>) => ({ ...p, approver: { name: 'Cy Dahl' } }),
      /^actor/,
    ],
  ] as const)('notices %s', (_what, name, change, fault) => {
    expect(untruthsWhen(name, change).join('\n')).toMatch(new RegExp(fault.source, 'm'));
  });
});
