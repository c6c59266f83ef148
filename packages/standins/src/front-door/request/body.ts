/** The request's body on its way to a back end, never more of it than allowed. */
import { Transform } from 'node:stream';
import type { Exchange } from './exchange.ts';

export const TOO_LARGE = Symbol('larger than client_max_body_size');

/** Everything, or TOO_LARGE. @param limit bytes; 0 is any size */
export const readBody = async ({ request }: Exchange, limit: number): Promise<Buffer | typeof TOO_LARGE> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (limit > 0 && size > limit) return TOO_LARGE;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Passes bytes on until there are too many. */
export const limitBody = (limit: number, tooLarge: () => void): Transform => {
  let size = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      if (limit > 0 && size > limit) return tooLarge();
      done(null, chunk);
    },
  });
};

export const hasBody = ({ request }: Exchange): boolean =>
  request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
