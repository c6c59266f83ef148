/**
 * Stands for an object that is loaded at its first call: a run over containers never needs most clients, and loading
 * them takes longer than everything else it does. Only for interfaces whose methods all return promises.
 */
export const late = <T extends object>(load: () => Promise<T>): T => {
  let loaded: Promise<T> | undefined;
  return new Proxy({} as T, {
    get: (_, key) => {
      // `await` asks whether it is a promise.
      if (key === 'then') return undefined;
      return async (...args: unknown[]): Promise<unknown> => {
        loaded ??= load();
        const target = (await loaded) as Record<PropertyKey, (...args: unknown[]) => unknown>;
        return target[key]?.(...args);
      };
    },
  });
};
