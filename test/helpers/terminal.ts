/** A program as it runs in a terminal: a pseudo-terminal of a given size, keys that are pressed, the screen that results. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, onTestFinished } from 'vitest';
import { have, leftOutSuite } from './available.ts';

/**
 * Copies between our pipes and a pseudo-terminal, whose size is set before the program begins; ends as the program does.
 * Python has what Node lacks (https://docs.python.org/3/library/pty.html).
 */
const COPY = `
import fcntl, os, pty, select, struct, sys, termios
columns, rows, argv = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
child, terminal = pty.fork()
if child == 0:
    fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', rows, columns, 0, 0))
    os.execvp(argv[0], argv)
keys = [0]
while True:
    ready, _, _ = select.select([terminal] + keys, [], [])
    if 0 in ready:
        pressed = os.read(0, 1024)
        if pressed: os.write(terminal, pressed)
        else: keys = []
    if terminal in ready:
        try: shown = os.read(terminal, 65536)
        except OSError: break
        if not shown: break
        os.write(1, shown)
status = os.waitpid(child, 0)[1]
sys.exit(os.waitstatus_to_exitcode(status) if os.WIFEXITED(status) else 128 + os.WTERMSIG(status))
`;

export const CTRL_C = '\x03';
export const ENTER = '\r';

export interface Terminal {
  /** As if typed. */
  press(keys: string): void;
  /** Resolves when this was shown, since the last key was pressed; rejects when the program ends, or waits, without it. */
  shows(text: string): Promise<void>;
  /** Everything that was written, control sequences included. */
  written(): string;
  /** The same without control sequences, a line break where the terminal had one. */
  text(): string;
  readonly ended: Promise<number | null>;
}

export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Who has shown nothing new for so long waits for a key: even a machine that does a lot else starts a program in less. */
const SILENT_MS = 120_000;

const WIDE: Size = { columns: 80, rows: 40 };

// Escape [ parameters final: every sequence that moves or colours.
const SEQUENCES = /\x1b\[[?0-9;]*[A-Za-z]/g;
const plain = (output: string): string => output.replaceAll(SEQUENCES, '').replaceAll('\r', '');

/** No variable of the caller's that the programs read. */
const environment = (env: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('CHATOPS_') && name !== 'CI' && name !== 'NO_COLOR',
    ),
  ),
  ...{ CHATOPS_MONGOD: '', CHATOPS_NGINX: '', TERM: 'xterm-256color' },
  ...env,
});

export const inTerminal = (
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  { columns, rows }: Size = WIDE,
): Terminal => {
  const program = [process.execPath, join(process.env.CHATOPS_DIST ?? '', 'chatops-up.js'), ...args];
  const child = spawn('python3', ['-c', COPY, String(columns), String(rows), ...program], {
    env: environment(env),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  // A test that failed leaves nobody waiting for a key.
  onTestFinished(() => void child.kill());
  let written = '';
  let from = 0;
  const looks = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written += text;
    for (const look of looks) look();
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve(status));
  });
  return {
    press: (keys) => {
      from = written.length;
      child.stdin.write(keys);
    },
    shows: (text) =>
      new Promise((resolve, reject) => {
        let silent: NodeJS.Timeout | undefined;
        const settle = (then: () => void): void => {
          clearTimeout(silent);
          looks.delete(look);
          then();
        };
        const never = (why: string): void =>
          settle(() => reject(new Error(`${why} and never showed "${text}":\n${plain(written)}`)));
        const look = (): void => {
          clearTimeout(silent);
          if (plain(written.slice(from)).includes(text)) settle(resolve);
          else silent = setTimeout(() => never(`wrote nothing for ${SILENT_MS / 1_000} s`), SILENT_MS);
        };
        looks.add(look);
        look();
        ended.then((status) => never(`ended with ${status}`));
      }),
    written: () => written,
    text: () => plain(written),
    ended,
  };
};

/** Where no pseudo-terminal can be had, the suite is left out, and that is reported. */
export const describeInTerminal = (name: string, suite: () => void): void => {
  if (have('python3')) describe(name, suite);
  else leftOutSuite(name, 'python3, which opens a pseudo-terminal, is not on PATH');
};
