import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { TOOLS_GROUP } from './tools-group.ts';

export const toolsBuild = describeCommand({
  name: 'build',
  under: TOOLS_GROUP,
  about: 'make it on the engine, as `up` does by itself',
  group: 'The stack',
  readMore: 'tools.md',
  args: {},
  options: {},
  load: async () => (await import('../commands/tools.ts')).toolsBuildCommand,
});
