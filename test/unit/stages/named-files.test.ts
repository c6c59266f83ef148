/** The PEM files that chatops.yaml names, read from the stack directory; what they must be: test/unit/stack/named-files.test.ts. */
import { describe, expect, it } from 'vitest';
import { ConfigError, type ConfigProblem } from '../../../src/config/problem.ts';
import type { Files } from '../../../src/contracts/files.ts';
import { problemLines, requireNamedFiles, warnOfNamedFiles } from '../../../src/stages/named-files.ts';
import type { Desired } from '../../../src/stages/world.ts';
import { aConfig } from '../../builders/config.ts';
import { aDesired, aWorld } from './a-world.ts';

const config = aConfig({ tls: { certificate: 'door.pem', key: 'door.key' }, authority: 'ca.pem' });

type Found = Parameters<Desired['judge']>[0][number];
const problemOf = ({ path, message }: Found): ConfigProblem => ({ path: path.join('.'), message, line: 1, column: 1 });

/** @param judge what is made of the findings */
const desiredWith = (judge: (problems: readonly ConfigProblem[]) => readonly ConfigProblem[]) =>
  aDesired([], { config, judge: (findings) => judge(findings.map(problemOf)) });

const worldWith = (readNamed: Files['readNamed']) => {
  const world = aWorld();
  return { ...world, files: { ...world.files, readNamed } };
};

const nothingThere: Files['readNamed'] = async () => ({ text: undefined, why: 'ENOENT' });
const MISSING = [
  'tls.certificate: there is no file door.pem',
  'tls.key: there is no file door.key',
  'authority: there is no file ca.pem',
];

const refuse = (problems: readonly ConfigProblem[]): never => {
  throw new ConfigError('chatops.yaml', problems);
};

describe('files that chatops.yaml names', () => {
  it('are read each once, as they are written there, and judged together', async () => {
    const read: string[] = [];
    const world = worldWith(async (file) => {
      read.push(file);
      return nothingThere(file);
    });
    const problems = await requireNamedFiles(
      desiredWith((all) => all),
      world,
    );
    expect(read).toEqual(['door.pem', 'door.key', 'ca.pem']);
    expect(problemLines(problems)).toEqual(MISSING);
  });

  it('keep a run from beginning where they are refused', async () => {
    await expect(requireNamedFiles(desiredWith(refuse), worldWith(nothingThere))).rejects.toBeInstanceOf(ConfigError);
  });

  it('are warned of, one by one, by what only looks', async () => {
    const world = worldWith(nothingThere);
    await warnOfNamedFiles(desiredWith(refuse), world);
    expect(world.reported).toEqual(MISSING.map((text) => ({ type: 'warning', node: 'chatops.yaml', text })));
  });

  it('that are only doubtful are warned of too', async () => {
    const world = worldWith(nothingThere);
    await warnOfNamedFiles(
      desiredWith((all) => all.slice(0, 1)),
      world,
    );
    expect(world.reported).toMatchObject([{ text: MISSING[0] }]);
  });

  it('end what only looks where reading itself fails', async () => {
    const failing = worldWith(async () => {
      throw new Error('the disk is gone');
    });
    await expect(warnOfNamedFiles(desiredWith(refuse), failing)).rejects.toThrow('the disk is gone');
  });
});
