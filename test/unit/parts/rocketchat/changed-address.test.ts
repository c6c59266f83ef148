/** The container's environment as the stack has it, started on the stand-in. */
import { expect, it } from 'vitest';
import { rocketchat } from '../../../../src/parts/rocketchat/service.ts';
import { aConfig } from '../../../builders/config.ts';
import { atEnd } from '../../../helpers/at-end.ts';
import { type RunningChat, startRocketChat } from '../../../standins/rocketchat/start-rocketchat.ts';

/** What stands there as text; what is a secret is given by the test. */
const environmentAt = (domain: string): Record<string, string> => {
  const { environment } = rocketchat(aConfig({ domain }), undefined).container;
  const texts = Object.entries(environment).flatMap(([name, value]) =>
    typeof value === 'string' && name !== 'PORT' ? [[name, value] as const] : [],
  );
  return Object.fromEntries(texts);
};
const start = async (env: Record<string, string>): Promise<RunningChat> => {
  const chat = await startRocketChat({ env });
  atEnd(() => chat.stop());
  return chat;
};
const settingOf = async (chat: RunningChat, id: string): Promise<unknown> =>
  (await chat.get(`settings/${id}`)).body.value;

it('a stack that moves to another domain takes its chat along, and asks nobody whether it was copied', async () => {
  const before = await start(environmentAt('old.example.org'));

  const moved = await before.restart(environmentAt('new.example.org'));
  atEnd(() => moved.stop());

  expect(await settingOf(moved, 'Site_Url')).toBe('http://chat.new.example.org:8080');
  expect(await settingOf(moved, 'Deployment_FingerPrint_Verified')).toBe(true);
});
