/** Read for every test file, also where files share their modules. */
import { afterEach } from 'vitest';
import { cleanUp } from './at-end.ts';

afterEach(cleanUp);

/**
 * Each call of a test on a connection of its own. A server closes one that was idle for five seconds; on a busy machine
 * that is the moment in which the next call is written to it, and the call fails with ECONNRESET.
 */
const OURS = Symbol.for('chatops-up.test.fetch');
if (!(OURS in globalThis)) {
  const pooled = globalThis.fetch;
  const alone: typeof fetch = (input, init) => {
    const headers = new Headers(input instanceof Request ? input.headers : undefined);
    new Headers(init?.headers).forEach((value, name) => {
      headers.set(name, value);
    });
    headers.set('connection', 'close');
    return pooled(input, { ...init, headers });
  };
  Object.assign(globalThis, { fetch: alone, [OURS]: true });
}
