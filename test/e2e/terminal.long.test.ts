/** `up` as a user at a terminal sees it: rows that tell the truth, and Ctrl-C. */
import { existsSync, mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { screenOf } from '../../docs/scripts/terminal-screen.ts';
import { aStack } from '../helpers/cli.ts';
import { freePort } from '../helpers/free-port.ts';
import { CTRL_C, describeInTerminal, ENTER, inTerminal, type Terminal } from '../helpers/terminal.ts';

/** So slow that a chat is not there before a key is pressed. */
const SLOW = { CHATOPS_SPEED: '1' };

const rowsOf = (terminal: Terminal): readonly string[] =>
  screenOf(terminal.written())
    .map((pieces) =>
      pieces
        .map(({ text }) => text)
        .join('')
        .trimEnd(),
    )
    .filter((line) => /^[✔✖·-] /.test(line));

const upOf = (dir: string): readonly string[] => ['up', '--dir', dir, '--engine', 'embedded'];

const suite = (): void => {
  it('Ctrl-C ends a run in order: 130, what stands, no row called failed, the lock let go', async () => {
    const stack = await aStack();
    const terminal = inTerminal(upOf(stack.dir), SLOW);
    await terminal.shows('✔ mongo  ready');
    terminal.press(CTRL_C);
    await terminal.shows('stopping in order; Ctrl-C again ends at once');

    expect(await terminal.ended).toBe(130);

    const text = terminal.text();
    expect(text).toMatch(/\nwhat stands\n {2}reached: mongo\n {2}stopped midway: .*gitlab/);
    expect(text.match(/^INTERRUPTED {2}stopped by SIGINT$/gm)).toHaveLength(1);
    const rows = rowsOf(terminal);
    expect(rows.filter((row) => row.startsWith('✔'))).toEqual([expect.stringMatching(/^✔ mongo {2}ready, /)]);
    expect(rows.filter((row) => /^[✖·]/.test(row))).toEqual([]);
    expect(rows).toContain('- gitlab  stopped midway');
    expect(rows).toContain('- conversation  not reached');
    expect(existsSync(stack.path('.chatops/lock'))).toBe(false);
  });

  it('a run that nothing of was begun shows no row at all', async () => {
    const stack = await aStack();
    const port = Number(/http: (\d+)/.exec(stack.read('chatops.yaml'))?.[1]);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    try {
      const terminal = inTerminal(upOf(stack.dir));
      expect(await terminal.ended).toBe(1);
      expect(terminal.text()).toContain(`PORT_TAKEN  port ${port} for`);
      expect(terminal.text()).not.toMatch(/[✔✖]/);
    } finally {
      other.close();
    }
  });

  it('a whole run has every row with what came of it', async () => {
    const stack = await aStack();
    const terminal = inTerminal(upOf(stack.dir));
    expect(await terminal.ended).toBe(0);
    const said = terminal.text().trim().split('\n');
    expect([said[0], said.at(-1)]).toEqual(Array(2).fill('Rehearsal: stand-ins, no real GitLab or chat'));
    const rows = rowsOf(terminal);
    expect(rows.length).toBeGreaterThan(8);
    expect(rows.filter((row) => !/^✔ \S+ {2}(ready|\d+ changes?|nothing to change), [\d.]+ m?s$/.test(row))).toEqual(
      [],
    );
  });
};

const engines = (): void => {
  describe('where no Docker answers', () => {
    const NOWHERE = { DOCKER_HOST: 'unix:///nowhere/docker.sock' };
    const begun = async (): Promise<{ readonly terminal: Terminal; readonly dir: string }> => {
      const dir = mkdtempSync(join(tmpdir(), 'chatops-questions-'));
      const ports = [`ports.http=${await freePort()}`, `ports.ssh=${await freePort()}`];
      const set = ['name=works', 'domain=works.localhost', ...ports].flatMap((each) => ['--set', each]);
      const terminal = inTerminal(['up', '--dir', dir, ...set], NOWHERE);
      for (const question of ['User name', 'e-mail']) {
        await terminal.shows(question);
        terminal.press(ENTER);
      }
      await terminal.shows('no Docker answers (no Docker socket on this machine). Rehearse with stand-ins');
      await terminal.shows('instead of real servers?');
      return { terminal, dir };
    };

    it('nothing is rehearsed unless that is wanted: how to get Docker is said', async () => {
      const { terminal } = await begun();
      terminal.press(ENTER);
      expect(await terminal.ended).toBe(1);
      expect(terminal.text()).toContain('ENGINE_UNAVAILABLE  no Docker Engine answers');
      expect(terminal.text()).toContain('https://docs.docker.com/engine/install/');
    });

    it('a rehearsal that is wanted says what it is before it begins', async () => {
      const { terminal } = await begun();
      terminal.press(`y${ENTER}`);
      await terminal.shows('Rehearsal: stand-ins, no real GitLab or chat');
      terminal.press(CTRL_C);
      expect(await terminal.ended).toBe(130);
    });
  });
};

describeInTerminal('a run in a terminal', suite);
describeInTerminal('the engine of a first run', engines);
