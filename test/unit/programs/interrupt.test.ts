/** Ctrl-C: the first ends in order, the second at once. */
import { EventEmitter, setMaxListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { interruptSignal } from '../../../src/programs/interrupt.ts';

const NAMES = ['SIGINT', 'SIGTERM'] as const;

describe('an interruption', () => {
  const before = new Map(NAMES.map((name) => [name, process.listeners(name)]));
  beforeEach(() => void vi.spyOn(process, 'exit').mockReturnValue(undefined as never));
  const { defaultMaxListeners } = EventEmitter;
  afterEach(() => {
    vi.restoreAllMocks();
    setMaxListeners(defaultMaxListeners);
    for (const name of NAMES)
      for (const listener of process.listeners(name))
        if (!before.get(name)?.includes(listener)) process.removeListener(name, listener);
  });

  it.each(NAMES)('by %s lets the run end in order, and says what stopped it', (name) => {
    const signal = interruptSignal();
    process.emit(name, name);
    expect(signal.reason).toMatchObject({ code: 'INTERRUPTED', what: `stopped by ${name}`, exitStatus: 130 });
    expect(process.exit).not.toHaveBeenCalled();
  });

  it('is heard by every node of a graph, as is what follows from it, without a warning', async () => {
    const warned: string[] = [];
    const listen = ({ name }: Error): void => void warned.push(name);
    process.on('warning', listen);
    const signal = interruptSignal();
    for (const each of [signal, AbortSignal.any([signal])])
      for (let node = 0; node < 30; node++) each.addEventListener('abort', () => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', listen);
    expect(warned).toEqual([]);
  });

  it('that comes again ends the process at once, with 130', () => {
    interruptSignal();
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGINT', 'SIGINT');
    expect(process.exit).toHaveBeenCalledExactlyOnceWith(130);
  });
});
