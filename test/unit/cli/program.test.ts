/** The command line without a process: what it reads, what it says, what it loads. */
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandsPage } from '../../../docs/scripts/commands-page.ts';
import { COMMON_OPTIONS } from '../../../src/cli/common-options.ts';
import { COMMANDS } from '../../../src/cli/descriptors/index.ts';
import { type Process, runProgram } from '../../../src/cli/program.ts';
import { ChatopsError } from '../../../src/errors/chatops-error.ts';
import { fullName } from '../../../src/programs/descriptors/descriptor.ts';
import { PROGRAMS } from '../../../src/programs/descriptors/index.ts';
import { flagsOf, kebab } from '../../../src/programs/descriptors/read-words.ts';
import { runTools, usageLine } from '../../../src/programs/run-tools.ts';
import { known, nowhere, outletTo } from '../../builders/outlet.ts';

interface Said {
  readonly status: number;
  readonly out: string;
}

const run = async (argv: readonly string[], more: Partial<Process> = {}): Promise<Said> => {
  let out = '';
  const status = await runProgram({
    argv,
    env: {},
    cwd: '/nowhere',
    isTerminal: false,
    out: outletTo((text) => {
      out += text;
    }),
    err: nowhere,
    known: known(),
    signal: new AbortController().signal,
    version: '1.2.3',
    ...more,
  });
  return { status, out };
};

const whyOf = async (task: Promise<unknown>): Promise<string | undefined> => {
  const thrown = await task.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof ChatopsError && thrown.code === 'USAGE') return thrown.why;
  throw new Error(`no usage error: ${String(thrown)}`);
};

describe('the table of commands', () => {
  it.each(COMMANDS.map((command) => [fullName(command), command] as const))(
    'has %s in --help',
    async (name, { about }) => {
      const { out } = await run([...name.split(' '), '--help']);
      expect(out.replaceAll(/\s+/g, ' ')).toContain(`Usage: chatops-up ${name} [options]`);
      expect(out.replaceAll(/\s+/g, ' ')).toContain(about);
    },
  );

  it('has every command, or the word it stands under, in the help of the program', async () => {
    const { out } = await run(['--help']);
    const words = COMMANDS.map((command) => fullName(command).split(' ')[0] ?? '');
    expect(words.filter((word) => !new RegExp(`^  ${word} `, 'm').test(out))).toEqual([]);
  });

  it.each(COMMANDS.map((command) => [fullName(command), command] as const))(
    'shows every option of %s in its help',
    async (name, { options }) => {
      const { out } = await run([...name.split(' '), '--help']);
      const flags = Object.entries({ ...options, ...COMMON_OPTIONS }).map(([option, kind]) => flagsOf(option, kind));
      expect(flags.filter((each) => !out.includes(`  ${each} `))).toEqual([]);
    },
  );

  it('has every command and every option in docs/commands.md', () => {
    const { text } = commandsPage();
    const words = COMMANDS.flatMap((command) => [
      `### \`${fullName(command)}`,
      ...Object.entries(command.options).map(([name, kind]) => `| \`${flagsOf(name, kind)}\` |`),
    ]);
    expect(words.filter((word) => !text.includes(word))).toEqual([]);
  });

  it('has each name once', () => {
    const names = [...COMMANDS, ...PROGRAMS.filter(({ inImageOnly }) => inImageOnly)].map(fullName);
    expect(names).toEqual([...new Set(names)]);
  });

  it('declares no option of every command again in one of them', () => {
    const again = COMMANDS.flatMap(({ name, options }) =>
      Object.keys(options).flatMap((option) => (option in COMMON_OPTIONS ? [`${name} --${kebab(option)}`] : [])),
    );
    expect(again).toEqual([]);
  });

  it('has one command that runs when none is named', () => {
    expect(COMMANDS.filter(({ isDefault }) => isDefault).map(fullName)).toEqual(['up']);
  });
});

describe('the command line', () => {
  it('says its version', async () => {
    expect(await run(['--version'])).toEqual({ status: 0, out: '1.2.3\n' });
  });

  it.each([
    ['a word that is no command', ['frobnicate'], 'there is no command "frobnicate"; there are up, plan,'],
    ['a mistyped command', ['pln'], 'there is no command "pln"; did you mean plan?'],
    ['a mistyped command of two swapped letters', ['statsu'], 'there is no command "statsu"; did you mean status?'],
    ['a word that wants another', ['notifier'], 'notifier wants one more word: test'],
    ['an unknown option', ['plan', '--bogus'], "unknown option '--bogus'"],
    ['a word too many', ['logs', 'bot', 'mongo'], "too many arguments for 'logs'"],
    ['a missing word', ['rotate'], "missing required argument 'secret'"],
    [
      'a time that is none',
      ['smoke', '--deadline', 'soon'],
      "option '--deadline <time>' argument 'soon' is invalid. give a duration",
    ],
    [
      'a number that is none',
      ['logs', '--tail', 'all'],
      "option '--tail <lines>' argument 'all' is invalid. give a number of lines",
    ],
    [
      'a port that is none',
      ['relay', '--port', '70000'],
      "option '--port <number>' argument '70000' is invalid. give a port",
    ],
    [
      'an engine that is none',
      ['plan', '--engine', 'x'],
      "argument 'x' is invalid. Allowed choices are auto, docker, embedded.",
    ],
    [
      'a setting without a value',
      ['plan', '--set', 'a=1', '--set', 'nonsense'],
      "option '--set <key=value>' argument 'nonsense' is invalid. give it as key=value",
    ],
    ['a job outside of its network', ['job', 'conversation'], "required option '--in-network' not specified"],
  ])('refuses %s', async (_what, argv, why) => {
    expect(await whyOf(run(argv))).toContain(why);
  });

  it('points to the help of the command that was named', async () => {
    await expect(run(['plan', '--bogus'])).rejects.toMatchObject({ next: 'read `chatops-up plan --help`' });
    await expect(run(['frobnicate'])).rejects.toMatchObject({ next: 'read `chatops-up --help`' });
  });

  describe('below a directory with a chatops.yaml', () => {
    const stack = mkdtempSync(join(tmpdir(), 'chatops-above-'));
    const below = join(stack, 'docs/pictures');
    mkdirSync(below, { recursive: true });
    writeFileSync(join(stack, 'chatops.yaml'), 'name: above\n');

    it('works on that stack, unless another one is named', async () => {
      expect((await run(['graph'], { cwd: below })).out).toMatch(/^flowchart LR\n/);
      await expect(run(['graph', '--dir', '.'], { cwd: below })).rejects.toMatchObject({ code: 'CONFIG_MISSING' });
      const env = { CHATOPS_DIR: below };
      await expect(run(['graph'], { cwd: stack, env })).rejects.toMatchObject({ code: 'CONFIG_MISSING' });
    });

    it('begins another one where init is called', async () => {
      expect((await run(['init', '--yes'], { cwd: below })).status).toBe(0);
      expect(readFileSync(join(below, 'chatops.yaml'), 'utf8')).toMatch(/^name: chatops$/m);
    });
  });

  it('names the variable that a wrong value came from', async () => {
    const why = await whyOf(run(['plan'], { env: { CHATOPS_ENGINE: 'kubernetes' } }));
    expect(why).toContain("option '--engine <kind>' value 'kubernetes' from env 'CHATOPS_ENGINE' is invalid");
  });

  it('takes the word before the variable', async () => {
    const env = { CHATOPS_DIR: '/from/the/variable' };
    await expect(run(['plan', '--dir', 'word'], { env })).rejects.toMatchObject({
      what: expect.stringContaining('/nowhere/word'),
    });
    await expect(run(['plan'], { env })).rejects.toMatchObject({ what: expect.stringContaining('/from/the/variable') });
  });

  it('runs a command with what it was given', async () => {
    const { status, out } = await run(['simulate', '--list', '--json']);
    expect(JSON.parse(out)).toMatchObject({ type: 'events' });
    expect(status).toBe(0);
  });
});

describe('the command line inside containers', () => {
  const tools = (argv: readonly string[]) =>
    runTools({
      argv,
      cwd: '/nowhere',
      env: {},
      out: nowhere,
      err: nowhere,
      known: known(),
      signal: new AbortController().signal,
    });

  it.each([
    ['no word', [], 'say what to do'],
    ['a word that is no program', ['up'], 'there is no command up'],
    ['an unknown option', ['bot', '--bogus'], "'--bogus'"],
    ['a word too many', ['bot', 'now'], 'too many arguments: expected 0 and got 1'],
    ['a missing word', ['job', '--in-network'], "missing required argument 'name'"],
    ['a job outside of its network', ['job', 'conversation'], "required option '--in-network' not specified"],
    [
      'a port that is none',
      ['relay', '--port', 'http'],
      "option '--port <number>' argument 'http' is invalid. give a port",
    ],
  ])('refuses %s', async (_what, argv, why) => {
    expect(await whyOf(tools(argv))).toContain(why);
  });

  it('runs a program with what it was given', async () => {
    await expect(tools(['job', 'conversation', '--in-network'])).rejects.toMatchObject({
      code: 'USAGE',
      what: 'there is no compose/jobs.json in /nowhere',
    });
  });

  it('says of each program how it is called', () => {
    expect(PROGRAMS.map(usageLine)).toEqual([
      'install <target> [--json]',
      'job <name> --in-network [--json]',
      'bot [--json]',
      'relay [--settings <file>] [--state <directory>] [--host <address>] [--port <number>] [--json]',
      'prober [--stdio] [--json]',
    ]);
  });
});
