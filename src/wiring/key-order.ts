import type { KeyOrder } from '../config/key-order.ts';

/** What is set first when a stack is begun comes first; parts stand in another order, that of the graph. */
export const KEY_ORDER: KeyOrder = {
  file: [
    ...['name', 'domain', 'parts', 'ports', 'bind', 'tls', 'public', 'authority'],
    ...['admin', 'chat', 'gitlab', 'notifier', 'runner', 'mongo', 'postgres'],
    ...['images', 'timeouts', 'limits', 'docker'],
  ],
  images: [
    'mongo',
    'postgres',
    'rocketchat',
    'mattermost',
    'gitlab',
    'gitlab-runner',
    'nginx',
    'tools',
    'allowFloating',
  ],
  timeouts: [
    ...['mongo', 'mongo-replica-set', 'postgres', 'rocketchat', 'rocketchat-setup', 'mattermost', 'mattermost-setup'],
    ...['gitlab', 'gitlab-setup'],
    ...['runner-registration', 'gitlab-runner', 'bot', 'nginx', 'prober', 'conversation', 'announcement'],
  ],
  // The slowest service, and the proof that waits for a pipeline.
  examples: ['gitlab', 'announcement'],
};
