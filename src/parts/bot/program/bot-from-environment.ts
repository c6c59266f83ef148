/** The bot as the variables of its container describe it. */
import type { Ports } from '../../../contracts/ports.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { SPEAKS } from '../port.ts';
import { type Bot, createBot } from './run-bot.ts';

/** The variables that Rocket.Chat's bots have always read. */
const PASSWORD = 'ROCKETCHAT_PASSWORD';

export interface BotTools {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ports: Pick<Ports, 'chat' | 'clock' | 'secrets'>;
  /** Takes one line. */
  readonly say: (line: string) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** @throws ChatopsError SECRET_MISSING, USAGE when a variable is not set */
export const botFromEnvironment = ({ env, ports, say, signal }: BotTools): Bot => {
  const need = (name: string): string => {
    const value = env[name];
    if (value) return value;
    throw new ChatopsError('USAGE', { what: `${name} is not set`, next: 'run the bot as compose.yaml does' });
  };
  return createBot({
    chat: ports.chat({ kind: 'url', url: need('ROCKETCHAT_URL').replace(/\/+$/, '') }, env[SPEAKS]),
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
};
