import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { choice, requiredPathArgument } from '../../programs/descriptors/option-kinds.ts';
import { TOOLS_GROUP } from './tools-group.ts';

export const toolsExport = describeCommand({
  name: 'export',
  under: TOOLS_GROUP,
  about: 'write it to a file that `docker load` reads, for machines without npm',
  group: 'The stack',
  readMore: 'tools.md',
  args: { file: requiredPathArgument('where to write it, e.g. tools.tar') },
  options: { cpu: choice('<name>', 'of the machine that will run it', ['amd64', 'arm64'], 'amd64') },
  examples: ['tools export tools.tar --cpu arm64'],
  load: async () => (await import('../commands/tools.ts')).toolsExportCommand,
});
