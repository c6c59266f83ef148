/** Who may make an account in the chat: what the container is started with, played over sockets. */
import { describe, expect, it } from 'vitest';
import { planToText } from '../../../../src/engine/plan.ts';
import { reconcileServices } from '../../../../src/engine/reconcile.ts';
import { overwrittenSettings } from '../../../../src/parts/rocketchat/settings.ts';
import { serviceNamed, stackOf } from '../../../builders/stack.ts';
import { atEnd } from '../../../helpers/at-end.ts';
import { loadOwn } from '../../../helpers/own-config.ts';
import { startRocketChat } from '../../../standins/rocketchat/start-rocketchat.ts';

const ANYBODY = { username: 'fay', name: 'Fay', email: 'fay@example.org', pass: 'Fay-Is-Quite-Long-7' };

/** A chat of a stack with these words under `chat:`. */
const aChat = async (words: string) => {
  const chat = await startRocketChat({ env: overwrittenSettings(loadOwn(`chat: {${words}}\n`).config) });
  atEnd(() => chat.stop());
  return chat;
};

describe('an account in the chat', () => {
  it.each(['', 'registration: closed', 'registration: secret-url'])(
    'is made by nobody who comes along: %j',
    async (words) => {
      const chat = await aChat(words);
      const { body } = await chat.post('users.register', ANYBODY, null);
      expect(body.errorType).toBe('error-user-registration-disabled');
    },
  );

  it('is made by the administrator all the same', async () => {
    const chat = await aChat('');
    const { pass: password, ...user } = ANYBODY;
    expect((await chat.post('users.create', { ...user, password })).status).toBe(200);
  });

  it('is made by everybody where chatops.yaml says so', async () => {
    const chat = await aChat('registration: public');
    expect((await chat.post('users.register', ANYBODY, null)).status).toBe(200);
  });
});

describe('what the stack keeps of the settings of the chat', () => {
  const plannedOf = (text: string): string => {
    const service = serviceNamed(stackOf(loadOwn(text).config), 'rocketchat');
    const services = reconcileServices([{ service, fingerprint: {} }], new Map());
    return planToText({ files: [], services, jobs: [] });
  };

  it('stands in the plan, each with the key that decides it', () => {
    const plan = plannedOf('name: chatops\n');
    expect(plan).toContain('its setting Accounts_RegistrationForm: Disabled  (chat.registration)');
    expect(plan).toContain('its setting API_Enable_Rate_Limiter_Limit_Calls_Default: 600  (chat.callsPerMinute)');
    expect(plan).toMatch(/its setting \w+_Password_Fallback: false {2}\(chat\.secondFactor\.password\)/);
    expect(plan).toMatch(/its setting \w+_Auto_Opt_In: false {2}\(chat\.secondFactor\.mail\)/);
  });

  it('is as chatops.yaml says', () => {
    const plan = plannedOf('chat: {registration: secret-url, callsPerMinute: 60, secondFactor: {password: true}}\n');
    expect(plan).toContain('Accounts_RegistrationForm: Secret URL');
    expect(plan).toContain('Limit_Calls_Default: 60 ');
    expect(plan).toContain('Password_Fallback: true');
    expect(plan).toContain('Auto_Opt_In: false');
  });

  it('is no change of its own', () => {
    expect(plannedOf('name: chatops\n')).toMatch(/^1 change: 1 service$/m);
  });
});
