/** Ctrl-C: the first ends in order, the second at once. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { interruptSignal } from '../../../src/programs/interrupt.ts';

const NAMES = ['SIGINT', 'SIGTERM'] as const;

describe('an interruption', () => {
  const before = new Map(NAMES.map((name) => [name, process.listeners(name)]));
  beforeEach(() => void vi.spyOn(process, 'exit').mockReturnValue(undefined as never));
  afterEach(() => {
    vi.restoreAllMocks();
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

  it('that comes again ends the process at once, with 130', () => {
    interruptSignal();
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGINT', 'SIGINT');
    expect(process.exit).toHaveBeenCalledExactlyOnceWith(130);
  });
});
