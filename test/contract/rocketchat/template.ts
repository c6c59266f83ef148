/** Compares an answer with a written shape, in which `{x}` stands for any text and `{}` for any object. */
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const pattern = (template: string): RegExp =>
  new RegExp(
    `^${template
      .split(/\{[^}]*\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^]+')}$`,
  );

/** @returns every difference, each with its path; keys the shape does not name are no difference */
export const differences = (template: unknown, actual: unknown, path = '$'): string[] => {
  if (typeof template === 'string')
    return typeof actual === 'string' && pattern(template).test(actual)
      ? []
      : [`${path}: ${JSON.stringify(actual)} is not ${JSON.stringify(template)}`];
  if (isObject(template)) {
    if (!isObject(actual)) return [`${path}: ${JSON.stringify(actual)} is no object`];
    return Object.entries(template).flatMap(([key, value]) => differences(value, actual[key], `${path}.${key}`));
  }
  if (Array.isArray(template)) return Array.isArray(actual) ? [] : [`${path}: no list`];
  return template === actual ? [] : [`${path}: ${JSON.stringify(actual)} is not ${JSON.stringify(template)}`];
};
