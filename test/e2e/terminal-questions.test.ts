/** The questions of a first run, at a terminal: judged one by one, kept as they are answered. */
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { freePort } from '../helpers/free-port.ts';
import { CTRL_C, describeInTerminal, ENTER, inTerminal, type Terminal } from '../helpers/terminal.ts';

const init = (dir: string): Terminal => inTerminal(['init', '--dir', dir]);
const folder = (): string => mkdtempSync(join(tmpdir(), 'chatops-questions-'));
const fileOf = (dir: string) => parse(readFileSync(join(dir, 'chatops.yaml'), 'utf8'));

const answer = async (terminal: Terminal, question: string, text: string): Promise<void> => {
  await terminal.shows(question);
  terminal.press(text);
  await terminal.shows(text);
  terminal.press(ENTER);
};
/** A line that is typed is taken back with Ctrl-U. */
const CLEAR = '\x15';

const suite = (): void => {
  it('a wrong answer is refused at its question, in the words of the configuration check', async () => {
    const dir = folder();
    const terminal = init(dir);
    await answer(terminal, 'Name of the stack', 'Bad Name!!');
    await terminal.shows('must be up to 40 of a-z');
    terminal.press(CLEAR);
    terminal.press('works');
    await terminal.shows('works');
    terminal.press(ENTER);
    await terminal.shows('Domain');
    terminal.press(CTRL_C);
    expect(await terminal.ended).toBe(130);
    expect(fileOf(dir).name).toBe('works');
  });

  it('Ctrl-C at a question loses nothing: the next run goes on there', async () => {
    const dir = folder();
    const first = init(dir);
    await answer(first, 'Name of the stack', 'works');
    await first.shows('Domain');
    first.press(CTRL_C);
    expect(await first.ended).toBe(130);
    expect(first.text()).toMatch(/INTERRUPTED {2}stopped at a question\n {2}next {2}run the command again: it goes on/);

    const second = init(dir);
    await answer(second, 'Domain', 'chat.example.org');
    await second.shows('Address of this machine');
    expect(second.text()).not.toContain('Name of the stack');
    second.press(ENTER);
    await second.shows('Port of the front door');
    for (const question of ['SSH', 'User name', 'e-mail']) {
      second.press(ENTER);
      await second.shows(question);
    }
    second.press(ENTER);
    expect(await second.ended).toBe(0);
    expect(fileOf(dir)).toMatchObject({ name: 'works', domain: 'chat.example.org' });
    expect(existsSync(join(dir, '.chatops/open-questions.json'))).toBe(false);
  });

  it('a port that is taken is refused with a free one', async () => {
    const dir = folder();
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, resolve));
    try {
      const terminal = inTerminal(['init', '--dir', dir, '--set', 'name=works', '--set', 'domain=works.localhost']);
      await answer(terminal, 'Port of the front door', String(port));
      await terminal.shows(`port ${port} is taken by `);
      await terminal.shows(`is free`);
      terminal.press(CTRL_C);
      expect(await terminal.ended).toBe(130);
      expect(existsSync(join(dir, 'chatops.yaml'))).toBe(false);
    } finally {
      other.close();
    }
  });
};

describeInTerminal('the questions of a first run', suite);
