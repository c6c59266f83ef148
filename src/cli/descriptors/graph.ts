import { describeCommand } from '../../programs/descriptors/descriptor.ts';

export const graph = describeCommand({
  name: 'graph',
  about: 'what waits for what, as a Mermaid flowchart (forges show it in Markdown pages)',
  group: 'Looking at it',
  args: {},
  options: {},
  load: async () => (await import('../commands/graph.ts')).graphCommand,
});
