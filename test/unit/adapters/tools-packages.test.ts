import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageVersion } from '../../../src/adapters/package-files.ts';
import { createToolsPackages } from '../../../src/adapters/tools-packages.ts';

describe('the packages of tools', () => {
  const packages = createToolsPackages(join(mkdtempSync(join(tmpdir(), 'chatops-no-packages-')), 'package.json'));

  it('are none where npm has installed none', () => {
    expect([packages.find('amd64'), packages.find('arm64')]).toEqual([undefined, undefined]);
  });

  it('are added for another CPU by one command, both of this version, npm being told that the CPU is meant', () => {
    const version = packageVersion();
    expect(packages.howToAdd('arm64')).toBe(
      `npx --force -p chatops-up@${version} -p @chatops-up/tools-linux-arm64@${version} chatops-up up`,
    );
  });
});
