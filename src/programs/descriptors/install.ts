import { describeCommand } from './descriptor.ts';
import { requiredArgument } from './option-kinds.ts';

export const install = describeCommand({
  name: 'install',
  about: 'fills the volume that every container mounts: the probe, and the C library it needs',
  group: 'Inside containers',
  inImageOnly: true,
  args: { target: requiredArgument('absolute, and of at most 21 characters') },
  options: {},
  load: async () => {
    const { installCommand } = await import('../install.ts');
    const { filesInImage } = await import('../files-in-image.ts');
    return (invocation, { target }) => installCommand(invocation, { target, files: filesInImage });
  },
});
