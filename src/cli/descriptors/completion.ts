import { type Descriptor, describeCommand } from '../../programs/descriptors/descriptor.ts';
import { requiredArgument } from '../../programs/descriptors/option-kinds.ts';

/** @param commands all of them, itself among them */
export const completion = (commands: () => readonly Descriptor[]): Descriptor =>
  describeCommand({
    name: 'completion',
    about: 'a script that completes commands and options in bash, zsh or fish',
    group: 'Help',
    args: { shell: requiredArgument('bash, zsh or fish') },
    options: {},
    examples: ['completion bash'],
    load: async () => {
      const { completionCommand } = await import('../commands/completion.ts');
      return (invocation, { shell }) => completionCommand(invocation, shell, commands());
    },
  });
