import { describe, expect, it } from 'vitest';
import { releaseSection } from '../../../packages/release/changelog.ts';
import { lockAt, manifestAt } from '../../../packages/release/manifests.ts';
import { provenanceIn } from '../../../packages/release/provenance.ts';
import { isLater, isVersion } from '../../../packages/release/version.ts';

describe('the version of a release', () => {
  it.each([
    ['0.2.0', '0.1.0'],
    ['0.10.0', '0.9.9'],
    ['1.0.0', '1.0.0-rc.1'],
    ['1.0.0-rc.2', '1.0.0-rc.1'],
    ['1.0.0-rc.10', '1.0.0-rc.9'],
    ['1.0.0-rc', '1.0.0-1'],
    ['1.0.0-rc.1.1', '1.0.0-rc.1'],
  ])('%s comes after %s, and not the other way round', (next, last) => {
    expect([isLater(next, last), isLater(last, next), isLater(next, next)]).toEqual([true, false, false]);
  });

  it('is three numbers, and perhaps what comes before them', () => {
    expect(['1.2.3', '1.2.3-rc.1'].map(isVersion)).toEqual([true, true]);
    expect(['', 'v1.2.3', '1.2', '1.2.3 ', '1.2.3-', '1.2.3; rm'].map(isVersion)).toEqual(Array(6).fill(false));
  });
});

describe('the changelog of a release', () => {
  const log = '# Changelog\n\n## Unreleased: open house\n\n* a\n* b\n\n## 0.1.0 (2026-01-01)\n\n* old\n';

  it('gets version and day over what was unreleased, and keeps the rest', () => {
    expect(releaseSection(log, '0.2.0', '2026-11-27')).toEqual({
      text: log.replace('## Unreleased: open house', '## 0.2.0 (2026-11-27): open house'),
      notes: '* a\n* b\n',
    });
  });

  it('takes a section that has its version already', () => {
    const first = '# Changelog\n\n## 0.1.0 (unreleased)\n\n* first\n';
    expect(releaseSection(first, '0.1.0', '2026-11-27')).toMatchObject({
      text: expect.stringContaining('## 0.1.0 (2026-11-27)\n'),
      notes: '* first\n',
    });
  });

  it.each([
    ['# Changelog\n', 'has no section'],
    ['## 0.1.0 (2026-01-01)\n\n* old\n', 'not what is unreleased'],
    ['## 0.3.0 (unreleased)\n\n* x\n', 'not what is unreleased'],
    ['## Unreleased\n\n## 0.1.0 (2026-01-01)\n\n* old\n', 'is empty'],
  ])('is refused where nothing is to be released: %j', (text, why) => {
    expect(releaseSection(text, '0.2.0', '2026-11-27')).toContain(why);
  });
});

describe('manifests of a release', () => {
  it('have its version, also where they ask for one of ours, and nothing else changes', () => {
    const before = {
      name: 'chatops-up',
      version: '0.1.0',
      devDependencies: { '@chatops-up/standins': '0.1.0', vitest: '4.1.11' },
      files: ['dist'],
    };
    expect(JSON.parse(manifestAt(JSON.stringify(before), '0.2.0'))).toEqual({
      ...before,
      version: '0.2.0',
      devDependencies: { '@chatops-up/standins': '0.2.0', vitest: '4.1.11' },
    });
  });

  it('in the lock too, and packages of others keep theirs', () => {
    const lock = {
      name: 'chatops-up',
      version: '0.1.0',
      lockfileVersion: 3,
      packages: {
        '': { name: 'chatops-up', version: '0.1.0', dependencies: { zod: '^4' } },
        'packages/standins': { name: '@chatops-up/standins', version: '0.1.0' },
        'node_modules/@chatops-up/standins': { resolved: 'packages/standins', link: true },
        'node_modules/zod': { version: '0.1.0' },
      },
    };
    const after = JSON.parse(lockAt(JSON.stringify(lock), '0.2.0')) as typeof lock;
    expect([after.version, after.packages[''].version, after.packages['packages/standins'].version]).toEqual([
      '0.2.0',
      '0.2.0',
      '0.2.0',
    ]);
    expect(after.packages['node_modules/zod']).toEqual({ version: '0.1.0' });
    expect(after.packages['node_modules/@chatops-up/standins']).toEqual({ resolved: 'packages/standins', link: true });
  });
});

describe('provenance', () => {
  it('is offered by the CI of GitHub and GitLab, with the right to it', () => {
    const github = { GITHUB_ACTIONS: 'true' };
    const gitlab = { GITLAB_CI: 'true' };
    expect(provenanceIn({ ...github, ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' }).offered).toBe(true);
    expect(provenanceIn({ ...gitlab, SIGSTORE_ID_TOKEN: 'x' }).offered).toBe(true);
    expect(provenanceIn(github)).toMatchObject({ offered: false, why: expect.stringContaining('id-token: write') });
    expect(provenanceIn(gitlab)).toMatchObject({ offered: false, why: expect.stringContaining('SIGSTORE_ID_TOKEN') });
    expect(provenanceIn({}).offered).toBe(false);
  });

  it('is not asked for from a registry that has none', () => {
    const able = { GITHUB_ACTIONS: 'true', ACTIONS_ID_TOKEN_REQUEST_URL: 'https://x' };
    expect(provenanceIn({ ...able, npm_config_registry: 'http://127.0.0.1:4873' }).offered).toBe(false);
    // npm's public one, as npm itself names it in that variable.
    expect(provenanceIn({ ...able, npm_config_registry: 'https://registry.npmjs.org/' }).offered).toBe(true);
  });
});
