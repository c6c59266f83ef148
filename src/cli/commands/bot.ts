import { runBot } from '../../bot/run-bot.ts';
import { EXIT } from '../../errors/catalogue.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { Invocation } from '../invocation.ts';
import { portsInside } from '../ports-inside.ts';

/** The variables that Rocket.Chat's bots have always read. */
const PASSWORD = 'ROCKETCHAT_PASSWORD';

/** Runs until it is stopped. @throws ChatopsError SECRET_MISSING, USAGE when a variable is not set */
export const botCommand = async ({ env, out, signal }: Invocation): Promise<number> => {
  const need = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new ChatopsError('USAGE', { what: `${name} is not set`, next: 'run the bot as compose.yaml does' });
  };
  const say = (line: string): void => out(`bot: ${line}\n`);
  const ports = await portsInside({ env, clients: new Set(['rocketchat']), names: 'network', warn: say });
  await runBot({
    rocketchat: ports.rocketchat,
    clock: ports.clock,
    base: need('ROCKETCHAT_URL').replace(/\/+$/, ''),
    credentials: {
      username: need('ROCKETCHAT_USER'),
      password: ports.secrets.read(PASSWORD),
      passwordName: PASSWORD,
    },
    name: env.HUBOT_NAME ?? need('ROCKETCHAT_USER'),
    rooms: (env.ROCKETCHAT_ROOM ?? '').split(',').filter((room) => room !== ''),
    say,
    signal,
  });
  return EXIT.ok;
};
