/** Questions to the user; loaded only where one can answer. */
import { ChatopsError } from '../errors/chatops-error.ts';

const interrupted = (thrown: unknown): never => {
  // The library's own word for Ctrl-C at a prompt.
  if (thrown instanceof Error && thrown.name === 'ExitPromptError') {
    throw new ChatopsError('INTERRUPTED', { what: 'stopped at a question', next: 'run the command again' });
  }
  throw thrown;
};

export const askYesNo = async (message: string, signal: AbortSignal): Promise<boolean> => {
  const { confirm } = await import('@inquirer/prompts');
  return confirm({ message, default: false }, { signal }).catch(interrupted);
};

export interface Question {
  readonly key: string;
  readonly message: string;
  readonly default: string;
}

/** Key → answer, asked one after the other. */
export const askAll = async (
  questions: readonly Question[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, string>>> => {
  const { input } = await import('@inquirer/prompts');
  const answers: Record<string, string> = {};
  for (const { key, message, default: fallback } of questions) {
    answers[key] = await input({ message, default: fallback }, { signal }).catch(interrupted);
  }
  return answers;
};
