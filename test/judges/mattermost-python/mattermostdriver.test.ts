/** `mattermostdriver`, a Python client whose authors share nothing with us, sets up a Mattermost that is new. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../../helpers/available.ts';
import { collect, type Ended } from '../../helpers/cli.ts';
import { type RunningMattermost, startMattermost } from '../../standins/mattermost/start-mattermost.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const python = `${here}.cache/venv/bin/python`;

const run = (url: string): Promise<Ended> => {
  const { hostname, port } = new URL(url);
  return collect(
    spawn(python, [`${here}run.py`, hostname, port], {
      env: { PASSWORD: 'a-long-password', PYTHONDONTWRITEBYTECODE: '1' },
    }),
  );
};

const installed = existsSync(python);
if (!installed)
  leftOut('mattermostdriver (Python) as judge', 'not installed; run test/judges/mattermost-python/install');

describe.runIf(installed)('mattermostdriver for Python as judge', () => {
  let mattermost: RunningMattermost;
  let report: Record<string, unknown>;
  beforeAll(async () => {
    mattermost = await startMattermost({ MM_SQLSETTINGS_DATASOURCE: 'postgres://a:b@postgres:5432/c' });
    const { status, stdout: out, stderr: err } = await run(mattermost.url);
    // It logs every refusal there, expected ones too.
    expect({ status, err: status === 0 ? '' : err }).toEqual({ status: 0, err: '' });
    report = JSON.parse(out);
  });
  afterAll(() => mattermost.stop());

  it('makes the first account, which administers the server, and one that does not', () => {
    expect(report).toMatchObject({
      first: ['system_admin', 'system_user'],
      second: ['system_user'],
      sameUserAgain: 'InvalidOrMissingParameters',
      unknownUser: 'ResourceNotFound',
    });
  });

  it('logs in, and is refused with a wrong password and after a logout', () => {
    expect(report).toMatchObject({
      me: 'chief',
      wrongLogin: 'NoAccessTokenProvided',
      afterLogout: 'NoAccessTokenProvided',
    });
  });

  it('makes a team and brings somebody in, twice', () => {
    expect(report).toMatchObject({ team: true, unknownTeam: 'ResourceNotFound', members: ['alice', 'chief'] });
  });

  it('makes a private channel with a header, once', () => {
    expect(report).toMatchObject({
      channel: ['P', 'Agenda'],
      sameChannelAgain: 'InvalidOrMissingParameters',
      inside: 2,
    });
  });

  it('makes an incoming webhook, and posts by it', () => {
    expect(report).toMatchObject({ delivered: [200, 'ok'], hooks: ['backups'] });
  });

  it('posts and reads, newest first', () => {
    expect(report.posts).toEqual(['by alice', 'by the hook']);
  });
});
