import { describe, expect, it } from 'vitest';
import { late } from '../../../src/wiring/late.ts';

interface Greeter {
  greet(name: string): Promise<string>;
}

const counting = (greet: Greeter['greet']) => {
  const loads: number[] = [];
  const greeter = late<Greeter>(async () => {
    loads.push(loads.length + 1);
    return { greet };
  });
  return { greeter, loads };
};

describe('what is loaded at its first call', () => {
  it('is not loaded before, and once for all calls', async () => {
    const { greeter, loads } = counting(async (name) => `hello ${name}`);
    expect(loads).toEqual([]);
    expect(await Promise.all([greeter.greet('a'), greeter.greet('b')])).toEqual(['hello a', 'hello b']);
    expect(loads).toEqual([1]);
  });

  it('passes on what a call throws', async () => {
    const { greeter } = counting(() => Promise.reject(new Error('no')));
    await expect(greeter.greet('a')).rejects.toThrow('no');
  });

  it('is no promise itself: awaiting it gives it', async () => {
    const { greeter, loads } = counting(async () => '');
    expect(await greeter).toBe(greeter);
    expect(loads).toEqual([]);
  });
});
