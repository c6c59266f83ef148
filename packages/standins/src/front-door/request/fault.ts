import type { FaultRule } from '../../kit/faults.ts';
import { pauseReal } from '../../kit/real-time.ts';
import type { Exchange } from './exchange.ts';

const HTML = '<!DOCTYPE html><html><body><h1>Something is in the way</h1></body></html>\n';

/** Does `work`, or what a fault says: an answer of its own, a cut connection, a delay before it. */
export const injectFault = async (
  rule: FaultRule | undefined,
  exchange: Exchange,
  work: () => Promise<void>,
): Promise<void> => {
  const effect = rule?.effect;
  if (effect === undefined || effect.kind === 'code') return work();
  if (effect.kind === 'delay') {
    await pauseReal(effect.ms);
    return work();
  }
  if (effect.kind === 'reset') return void exchange.request.socket.destroy();
  const body = effect.kind === 'html' ? HTML : (effect.body ?? '');
  const type = effect.kind === 'html' ? { 'Content-Type': 'text/html' } : effect.headers;
  exchange
    .response()
    .writeHead(effect.status, { ...type })
    .end(body);
};
