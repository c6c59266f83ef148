import { EXIT } from '../errors/catalogue.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { createBot } from '../parts/bot/program/run-bot.ts';
import { PORTS } from '../stack/names.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { portsInside } from '../wiring/ports-inside.ts';
import { serveStanding } from './serve-standing.ts';

/** The variables that Rocket.Chat's bots have always read. */
const PASSWORD = 'ROCKETCHAT_PASSWORD';

/** Runs until it is stopped. @throws ChatopsError SECRET_MISSING, USAGE when a variable is not set; PORT_TAKEN */
export const botCommand = async ({ env, out, known, signal }: Invocation): Promise<number> => {
  const need = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new ChatopsError('USAGE', { what: `${name} is not set`, next: 'run the bot as compose.yaml does' });
  };
  const say = (line: string): void => out(`bot: ${line}\n`);
  const ports = await portsInside({ env, names: 'network', warn: say });
  const bot = createBot({
    chat: ports.chat({ kind: 'url', url: need('ROCKETCHAT_URL').replace(/\/+$/, '') }),
    clock: ports.clock,
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
  const stopServing = await serveStanding(PORTS.bot, bot.standing, known.clean);
  await bot.run();
  stopServing();
  return EXIT.ok;
};
