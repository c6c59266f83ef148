import { allOptions, type CompletionWords, firstWords, secondWords } from './words.ts';

/** In single quotes; a colon would end the word that is described. */
const described = (word: string, about: string): string =>
  `'${`${word.replaceAll(':', '\\:')}:${about}`.replaceAll("'", "'\\''")}'`;

const listOf = (words: readonly { readonly name: string; readonly about: string }[]): string =>
  words.map(({ name, about }) => described(name, about)).join(' ');

const flagsOf = (options: CompletionWords['commands'][number]['options']): string =>
  listOf(options.map(({ flag, about }) => ({ name: flag, about })));

const afterCases = (words: CompletionWords): readonly string[] =>
  allOptions(words).flatMap(({ flag, after }) => {
    if (after === 'nothing') return [];
    if (after === 'path') return [`    ${flag}) _files; return ;;`];
    return [after === 'text' ? `    ${flag}) return ;;` : `    ${flag}) compadd -- ${after.join(' ')}; return ;;`];
  });

const commandCases = (words: CompletionWords): readonly string[] => [
  ...words.commands.map(
    ({ name, options, takesPath }) => `    '${name}') found=(${flagsOf(options)})${takesPath ? '; _files' : ''} ;;`,
  ),
  ...words.groups.map(({ name }) => `    '${name}') found=(${listOf(secondWords(words, name))}) ;;`),
];

export const zshCompletion = (words: CompletionWords): string => `#compdef chatops-up
# zsh completion for chatops-up; read it with: source <(chatops-up completion zsh)
_chatops_up() {
  local command='' word at
  local -a found
  for ((at = 2; at < CURRENT; at++)); do
    word=\${words[at]}
    case "\${command:+$command }$word" in
      ${[...words.commands, ...words.groups].map(({ name }) => `'${name}'`).join('|')}) command="\${command:+$command }$word" ;;
    esac
  done
  case \${words[CURRENT-1]} in
${afterCases(words).join('\n')}
  esac
  case $command in
    '') found=(${listOf(firstWords(words))} ${flagsOf(words.byDefault?.options ?? [])}) ;;
${commandCases(words).join('\n')}
  esac
  _describe 'chatops-up' found
}
if [ "\${funcstack[1]}" = _chatops_up ]; then _chatops_up "$@"; else compdef _chatops_up chatops-up; fi
`;
