import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { argument, duration, flag, path, text } from '../../programs/descriptors/option-kinds.ts';
import { PUBLIC_ONLY } from './public-only.ts';

export const simulate = describeCommand({
  name: 'simulate',
  about: 'play a delivery (a push, a pipeline, …) at the public address and show the message it becomes',
  group: 'Announcements',
  args: { event: argument('what seems to have happened, e.g. push') },
  options: {
    list: flag('name the events that can be played'),
    file: path('<path>', "replay a captured payload, or an entry of the forge's delivery log"),
    render: flag('show the message without any server'),
    room: text('<name>', 'announce it in this room'),
    form: flag('send it form-encoded (payload=…), as old tutorials do'),
    wait: duration('how long the message may take', '10s'),
    public: PUBLIC_ONLY,
  },
  examples: ['simulate merge-request-merged --render', 'simulate --file captured.json --room ops'],
  load: async () => {
    const { simulateCommand } = await import('../commands/simulate.ts');
    return (invocation, { wait, ...options }) => simulateCommand(invocation, { ...options, waitMs: wait });
  },
});
