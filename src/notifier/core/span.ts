/** Seconds → `1 h 2 min`, `63.4` → `1 min 3 s`; the two largest units. Only the day is called differently by language. */
export const span = (seconds: number, day = 'd'): string => {
  const total = Math.round(seconds);
  const units: readonly (readonly [number, string])[] = [
    [Math.floor(total / 86_400), day],
    [Math.floor((total % 86_400) / 3_600), 'h'],
    [Math.floor((total % 3_600) / 60), 'min'],
    [total % 60, 's'],
  ];
  const first = units.findIndex(([value]) => value > 0);
  if (first < 0) return '0 s';
  return units
    .slice(first, first + 2)
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value} ${unit}`)
    .join(' ');
};
