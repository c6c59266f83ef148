/** How the bot is, over HTTP, for its HEALTHCHECK and the prober: 200 when it is usable, else 503, and one line. */
import { createServer } from 'node:http';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Standing } from '../parts/bot/program/run-bot.ts';
import type { Clean } from '../values/words/clean.ts';

const PATH = '/';

/** @returns what ends it. @throws ChatopsError PORT_TAKEN */
export const serveStanding = async (
  port: number,
  standing: () => Promise<Standing>,
  clean: Clean,
): Promise<() => void> => {
  const server = createServer((request, response) => {
    const answer = (status: number, text: string): void =>
      void response
        .writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', Connection: 'close' })
        .end(clean.text(`${text}\n`));
    if (request.method !== 'GET' || request.url !== PATH) return answer(404, 'there is nothing here');
    void standing().then(({ usable, text }) => answer(usable ? 200 : 503, text.replaceAll(/\s*\n\s*/g, ' ')));
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
