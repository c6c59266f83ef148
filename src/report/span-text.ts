const MINUTE_S = 60;

/** Whole seconds and minutes, for what moves on while it is read: `41 s`, `3 min 12 s`. */
export const spanText = (ms: number): string => {
  const seconds = Math.floor(ms / 1_000);
  const [minutes, rest] = [Math.floor(seconds / MINUTE_S), seconds % MINUTE_S];
  if (minutes === 0) return `${rest} s`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
};
