/** Questions to the user; loaded only where one can answer. */
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Prompt } from '../wiring/question.ts';

const interrupted =
  (next: string) =>
  (thrown: unknown): never => {
    // The library's own word for Ctrl-C at a prompt.
    if (thrown instanceof Error && thrown.name === 'ExitPromptError') {
      throw new ChatopsError('INTERRUPTED', { what: 'stopped at a question', next });
    }
    throw thrown;
  };

export const askYesNo = async (message: string, signal: AbortSignal): Promise<boolean> => {
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message, default: false }, { signal }).catch(interrupted('run the command again'));
};

/** Until the answer is accepted. @throws ChatopsError INTERRUPTED */
export const ask = async ({ message, default: byDefault, judge }: Prompt, signal: AbortSignal): Promise<string> => {
  const { input } = await import('@inquirer/prompts');
  const validate = async (answer: string): Promise<string | true> => (await judge(answer)) ?? true;
  return input({ message, default: byDefault, validate }, { signal }).catch(
    interrupted('run the command again: it goes on at this question'),
  );
};
