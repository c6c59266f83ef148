import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { flag, pathArgument } from '../../programs/descriptors/option-kinds.ts';

export const notifierTest = describeCommand({
  name: 'test',
  under: { name: 'notifier', about: 'what turns deliveries into messages' },
  about: 'messages of deliveries against those accepted before (folder/__messages__); no server is asked',
  group: 'Announcements',
  readMore: 'notifier.md#testing-a-change',
  args: { folder: pathArgument('captured deliveries as .json files; default: those of simulate') },
  options: { update: flag('accept the messages as they are now') },
  load: async () => {
    const { notifierTestCommand } = await import('../commands/notifier-test.ts');
    return (invocation, { folder, update }) => notifierTestCommand(invocation, { deliveries: folder, update });
  },
});
