import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { Descriptor } from '../../programs/descriptors/descriptor.ts';
import { toJson } from '../../report/json.ts';
import type { Invocation } from '../../wiring/invocation.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { wordsOf } from '../completion/words.ts';
import { zshCompletion } from '../completion/zsh.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } as const;

const isShell = (name: string): name is keyof typeof SHELLS => Object.hasOwn(SHELLS, name);

/** @throws ChatopsError USAGE for another shell */
export const completionCommand = async (
  { json, out }: Invocation,
  shell: string,
  commands: readonly Descriptor[],
): Promise<number> => {
  if (!isShell(shell)) {
    throw new ChatopsError('USAGE', {
      what: `there is no completion for ${JSON.stringify(shell)}`,
      next: `name one of ${Object.keys(SHELLS).join(', ')}`,
    });
  }
  const script = SHELLS[shell](wordsOf(commands));
  out(json ? `${toJson({ type: 'completion', shell, script })}\n` : script);
  return EXIT.ok;
};
