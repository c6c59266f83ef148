/**
 * The bot's own word over HTTP, for its HEALTHCHECK and the prober: 200 for yes, else 503, and one line. `/alive`: its
 * process works; `/ready`: it has a session; `/`: it may post in its rooms.
 */
import { createServer } from 'node:http';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Bot, BotStanding } from '../parts/bot/program/run-bot.ts';
import type { Clean } from '../values/words/clean.ts';

const answers = (
  bot: Pick<Bot, 'connected' | 'standing'>,
): ReadonlyMap<string, () => BotStanding | Promise<BotStanding>> =>
  new Map<string, () => BotStanding | Promise<BotStanding>>([
    ['/', bot.standing],
    ['/ready', bot.connected],
    ['/alive', () => ({ usable: true, text: 'the bot runs' })],
  ]);

/** @returns what ends it. @throws ChatopsError PORT_TAKEN */
export const serveStanding = async (
  port: number,
  bot: Pick<Bot, 'connected' | 'standing'>,
  clean: Clean,
): Promise<() => void> => {
  const paths = answers(bot);
  const server = createServer((request, response) => {
    const answer = (status: number, text: string): void =>
      void response
        .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' })
        .end(clean.text(`${text}\n`));
    const asked = request.method === 'GET' ? paths.get(request.url ?? '') : undefined;
    if (!asked) return answer(404, 'there is nothing here');
    void Promise.resolve(asked()).then(({ usable, text }) =>
      answer(usable ? 200 : 503, text.replaceAll(/\s*\n\s*/g, ' ')),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new ChatopsError('PORT_TAKEN', { what: `port ${port} cannot be opened`, why: cause.code ?? '', cause })),
    );
    server.listen(port, resolve);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
};
