import { type After, type CompletionWords, firstWords, secondWords } from './words.ts';

/** In single quotes fish reads only \\ and \' (https://fishshell.com/docs/current/language.html#quotes). */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

const afterWords = (after: After): string => {
  if (after === 'nothing') return '';
  if (after === 'path') return ' -r -F';
  return after === 'text' ? ' -x' : ` -x -a ${quoted(after.join(' '))}`;
};

/** The words before, without options, are exactly these. */
const isNamed = (name: string): string => quoted(`__chatops_up_named ${name}`);

const line = (condition: string, rest: string): string => `complete -c chatops-up -n ${condition} ${rest}`;

/** Options stand before the words of a command seldom: these are looked at alone. */
export const fishCompletion = (words: CompletionWords): string => {
  const named = [...words.commands, ...words.groups].map(({ name }) => quoted(name)).join(' ');
  return `# fish completion for chatops-up; read it with: chatops-up completion fish | source
function __chatops_up_named
    set -l command
    for word in (commandline -opc)[2..-1]
        if contains -- (string join -- ' ' $command $word) ${named}
            set -a command $word
        end
    end
    test "$command" = "$argv"
end
complete -c chatops-up -f
${[
  ...firstWords(words).map(({ name, about }) => line(isNamed(''), `-a ${name} -d ${quoted(about)}`)),
  ...words.groups.flatMap((group) =>
    secondWords(words, group.name).map(({ name, about }) =>
      line(isNamed(group.name), `-a ${name} -d ${quoted(about)}`),
    ),
  ),
  ...[...(words.byDefault ? [{ ...words.byDefault, name: '' }] : []), ...words.commands].flatMap(
    ({ name, options, takesPath }) => [
      ...options.map(({ flag, about, after }) =>
        line(isNamed(name), `-l ${flag.slice(2)} -d ${quoted(about)}${afterWords(after)}`),
      ),
      ...(takesPath ? [line(isNamed(name), '-F')] : []),
    ],
  ),
].join('\n')}
`;
};
