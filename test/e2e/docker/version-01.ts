/** chatops-up 0.1, made from the project's own history: the program, and its tools image on the engine. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { have } from '../../helpers/available.ts';

/** The last commit of 0.1. */
const COMMIT = 'a4b22f0';

/** @param root of the project @returns undefined when it can be made; else why not */
export const whyNoVersion01 = (root: string): string | undefined =>
  have('git', ['-C', root, 'cat-file', '-e', `${COMMIT}^{commit}`]) ? undefined : `no commit ${COMMIT} in this clone`;

export interface Version01 {
  /** Where its `chatops-up.js` and `chatops-probe.js` are, for Node. */
  readonly dist: string;
  readonly tools: string;
}

/** Without ours: they say where this checkout builds to. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('CHATOPS_')));

const run = (command: string, args: readonly string[], cwd: string): void =>
  void execFileSync(command, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });

const unpack = (root: string, dir: string): void => {
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const archive = execFileSync('git', ['-C', root, 'archive', COMMIT], { maxBuffer: 2 ** 28 });
  execFileSync('tar', ['-x'], { cwd: dir, input: archive });
};

/**
 * Kept between runs, not below node_modules: its build takes what it finds there for a package. Takes a minute the first time, and npm's registry. @param root of the project
 */
export const version01 = (root: string): Version01 => {
  const dir = join(root, '.cache/chatops-up-0.1');
  const whole = join(dir, '.whole');
  if (!existsSync(whole)) {
    unpack(root, dir);
    run('npm', ['ci', '--no-audit', '--no-fund', '--silent'], dir);
    run('npm', ['run', '--silent', 'build'], dir);
    writeFileSync(whole, '');
  }
  const tools = 'chatops-test/tools-of-01:0.1.0';
  if (!have('docker', ['image', 'inspect', tools])) run(process.execPath, ['compose/tools/build.mjs', tools], dir);
  return { dist: join(dir, 'dist'), tools };
};
