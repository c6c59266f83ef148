import { describeCommand } from './descriptor.ts';
import { orVariable, port, text } from './option-kinds.ts';

export const relay = describeCommand({
  name: 'relay',
  about: 'takes deliveries and announces them in a chat, until it is stopped; for chats that run no scripts',
  group: 'Announcements',
  readMore: 'relay.md',
  args: {},
  options: {
    settings: text('<file>', 'its settings, relative to the stack directory'),
    state: text('<directory>', 'where it keeps what it must remember, relative to the stack directory'),
    host: orVariable(
      text('<address>', 'the address on which it takes deliveries, * for every one; 127.0.0.1 where nothing is said'),
      'CHATOPS_RELAY_HOST',
    ),
    port: port('where it takes deliveries'),
  },
  load: async () => (await import('../relay.ts')).relayCommand,
});
