import { allOptions, type CompletionWords, firstWords, secondWords } from './words.ts';

const flagsAfter = (words: CompletionWords, after: 'path' | 'text'): string =>
  allOptions(words)
    .filter((option) => option.after === after)
    .map(({ flag }) => flag)
    .join('|');

const choiceCases = (words: CompletionWords): readonly string[] =>
  allOptions(words).flatMap(({ flag, after }) =>
    Array.isArray(after)
      ? [`    ${flag}) COMPREPLY=($(compgen -W '${after.join(' ')}' -- "$current")); return ;;`]
      : [],
  );

const commandCases = (words: CompletionWords): readonly string[] => [
  ...words.commands.map(
    ({ name, options, takesPath }) =>
      `    '${name}') words='${options.map(({ flag }) => flag).join(' ')}'${takesPath ? '; paths=1' : ''} ;;`,
  ),
  ...words.groups.map(
    ({ name }) =>
      `    '${name}') words='${secondWords(words, name)
        .map((second) => second.name)
        .join(' ')}' ;;`,
  ),
];

/** The command is what stands before: its words, without options and what stands after these. */
export const bashCompletion = (
  words: CompletionWords,
): string => `# bash completion for chatops-up; read it with: source <(chatops-up completion bash)
_chatops_up() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' paths='' words='' at word
  for ((at = 1; at < COMP_CWORD; at++)); do
    word=\${COMP_WORDS[at]}
    case "\${command:+$command }$word" in
      ${[...words.commands, ...words.groups].map(({ name }) => `'${name}'`).join('|')}) command="\${command:+$command }$word" ;;
    esac
  done
  case $previous in
${choiceCases(words).join('\n')}
    ${flagsAfter(words, 'path')}) COMPREPLY=($(compgen -f -- "$current")); return ;;
    ${flagsAfter(words, 'text')}) return ;;
  esac
  case $command in
    '') words='${[...firstWords(words).map(({ name }) => name), 'help', '--version', ...(words.byDefault?.options ?? []).map(({ flag }) => flag)].join(' ')}' ;;
${commandCases(words).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ -z "$paths" ] || COMPREPLY+=($(compgen -f -- "$current"))
}
complete -o filenames -F _chatops_up chatops-up
`;
