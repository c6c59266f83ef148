import { EXIT } from '../errors/catalogue.ts';
import { BOT_PORT } from '../parts/bot/port.ts';
import { botFromEnvironment } from '../parts/bot/program/bot-from-environment.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { portsInside } from '../wiring/ports-inside.ts';
import { othersHere } from './others-here.ts';
import { serveStanding } from './serve-standing.ts';

/** Runs until it is stopped. @throws ChatopsError SECRET_MISSING, USAGE when a variable is not set; PORT_TAKEN */
export const botCommand = async ({ env, out, known, signal }: Invocation): Promise<number> => {
  const say = (line: string): void => out(`bot: ${line}\n`);
  const ports = await portsInside({ env, names: 'network', warn: say, parts: await othersHere() });
  const bot = botFromEnvironment({ env, ports, say, signal });
  const stopServing = await serveStanding(BOT_PORT, bot, known.clean);
  await bot.run();
  stopServing();
  return EXIT.ok;
};
