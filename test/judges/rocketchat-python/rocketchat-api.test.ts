/** `rocketchat-API`, a Python client whose authors share nothing with us, does what the set-up job does. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { leftOut } from '../../helpers/available.ts';
import { collect, type Ended } from '../../helpers/cli.ts';
import { ADMIN_PASSWORD, type RunningChat, startRocketChat } from '../../standins/rocketchat/start-rocketchat.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const python = `${here}.cache/venv/bin/python`;

const run = (url: string): Promise<Ended> =>
  collect(
    spawn(python, [`${here}run.py`, url, 'chief'], {
      env: { ADMIN_PASSWORD, BOT_PASSWORD: 'Bot-Pass-Word-77', PYTHONDONTWRITEBYTECODE: '1' },
    }),
  );

const installed = existsSync(python);
if (!installed) leftOut('rocketchat-API (Python) as judge', 'not installed; run test/judges/rocketchat-python/install');

describe.runIf(installed)('rocketchat-API for Python as judge', () => {
  let chat: RunningChat;
  let report: Record<string, unknown>;
  beforeAll(async () => {
    chat = await startRocketChat();
    const { status, stdout: out, stderr: err } = await run(chat.url);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    report = JSON.parse(out);
  });
  afterAll(() => chat.stop());

  it('logs in, and is refused with a wrong password and after a logout', () => {
    expect(report).toMatchObject({
      wrongLogin: 'refused',
      me: 'chief',
      version: '8.6.1',
      afterLogout: { status: 401, error: 'You must be logged in to do this.' },
    });
  });

  it('makes users, and reads the refusals for names taken and unknown', () => {
    expect(report).toMatchObject({
      botRoles: ['user', 'bot'],
      sameUserAgain: { status: 400, errorType: 'error-field-unavailable' },
      unknownUser: { status: 400, error: 'User not found.' },
    });
  });

  it('makes rooms and memberships, and pages through them', () => {
    expect(report).toMatchObject({
      groupMembers: ['chief', 'hubot'],
      channelMembers: ['chief', 'hubot'],
      sameRoomAgain: { status: 400, errorType: 'error-duplicate-channel-name' },
      channelCount: 62,
    });
  });

  it('makes, lists, uses and removes an incoming webhook', () => {
    expect(report).toMatchObject({
      compiled: true,
      listed: ['gitlab'],
      ownToken: { status: 400, errorType: 'invalid-params' },
      adminAsPoster: { status: 400, errorType: 'error-user-lacks-message-impersonate-permission' },
      delivered: [200, { success: true }],
      removed: 'gitlab',
      listedAfter: [],
    });
  });

  it('posts and reads a history, newest first', () => {
    expect(report.history).toEqual([
      ['hubot', 'by the bot'],
      ['hubot', 'pipeline success'],
    ]);
  });

  it('changes a setting with the second factor', () => {
    expect(report).toMatchObject({ setting: 'Rocket.Chat', settingAfter: 'Stand-in' });
  });
});
