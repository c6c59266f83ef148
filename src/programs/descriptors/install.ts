import { describeCommand } from './descriptor.ts';
import { requiredArgument } from './option-kinds.ts';

/** As the image's Dockerfile places them. */
const LIBRARIES = '/usr/lib/chatops';

export const install = describeCommand({
  name: 'install',
  about: 'fills the volume that every container mounts: the probe, and the C library it needs',
  group: 'Inside containers',
  inImageOnly: true,
  args: { target: requiredArgument('absolute, and no longer than /opt/chatops') },
  options: {},
  load: async () => {
    const { installCommand } = await import('../install.ts');
    return (invocation, { target }) =>
      installCommand(invocation, { target, program: process.execPath, libraries: LIBRARIES });
  },
});
