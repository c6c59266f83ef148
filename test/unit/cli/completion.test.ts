/** What a shell offers after a word: asked of the shell itself where there is one. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { bashCompletion } from '../../../src/cli/completion/bash.ts';
import { fishCompletion } from '../../../src/cli/completion/fish.ts';
import { wordsOf } from '../../../src/cli/completion/words.ts';
import { zshCompletion } from '../../../src/cli/completion/zsh.ts';
import { COMMANDS } from '../../../src/cli/descriptors/index.ts';
import { fullName } from '../../../src/programs/descriptors/descriptor.ts';
import { have, leftOut } from '../../helpers/available.ts';

const words = wordsOf(COMMANDS);
/** A script that a shell complains of is wrong, whatever it offers. */
const outputOf = (shell: string, args: readonly string[], input = ''): string => {
  const { stdout, stderr } = spawnSync(shell, args, { input, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout;
};

const lines = (output: string): readonly string[] => output.split('\n').filter((line) => line !== '');

type Offers = (typed: readonly string[]) => readonly string[];

/** The last word is being typed. */
const inBash: Offers = (typed) => {
  const array = ['chatops-up', ...typed].map((word) => `'${word}'`).join(' ');
  const asked = `COMP_WORDS=(${array}); COMP_CWORD=${typed.length}; _chatops_up; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return lines(outputOf('bash', ['--norc', '-c', `${bashCompletion(words)}\n${asked}`]));
};

const inFish: Offers = (typed) => {
  const asked = `complete -C 'chatops-up ${typed.join(' ')}'`;
  const output = outputOf('fish', ['--no-config', '-c', `${fishCompletion(words)}\n${asked}`]);
  return lines(output).map((line) => line.split('\t')[0] ?? '');
};

const behaves = (offers: Offers): void => {
  it('offers every command that may stand first', () => {
    const first = offers(['']);
    expect(
      COMMANDS.map((command) => fullName(command).split(' ')[0]).filter((name) => !first.includes(name ?? '')),
    ).toEqual([]);
  });
  it('completes the beginning of a command', () => expect(offers(['pl'])).toEqual(['plan']));
  it('offers the words after a group', () => expect(offers(['tools', 'ex'])).toEqual(['export']));
  it('offers the options of the command that was named', () => {
    expect(offers(['plan', '--det'])).toEqual(['--detailed-exitcode']);
    expect(offers(['up', '--det'])).toEqual([]);
  });
  it('offers what may stand after an option', () => {
    expect(offers(['plan', '--engine', 'em'])).toEqual(['embedded']);
  });
};

describe.runIf(have('bash'))('completion in bash', () => behaves(inBash));
describe.runIf(have('fish'))('completion in fish', () => behaves(inFish));
for (const shell of ['bash', 'fish', 'zsh'])
  if (!have(shell)) leftOut(`completion in ${shell}`, `${shell} is not on PATH`);

it.runIf(have('zsh'))('the script for zsh is one that zsh can read', () => {
  expect(outputOf('zsh', ['-n'], zshCompletion(words))).toBe('');
});

it('every script names every command and option', () => {
  for (const script of [bashCompletion(words), fishCompletion(words), zshCompletion(words)]) {
    const missing = words.commands.flatMap(({ name, options }) => [
      ...(script.includes(name.split(' ').at(-1) ?? '') ? [] : [name]),
      ...options.filter(({ flag }) => !script.includes(flag.slice(2))).map(({ flag }) => flag),
    ]);
    expect(missing).toEqual([]);
  }
});
