/** Whether a setting's character class (`[0-9a-zA-Z-_.]+`) covers the whole text; a class that is no pattern covers nothing. */
export const matchesWhole = (pattern: string, text: string): boolean => {
  try {
    return new RegExp(`^${pattern}$`).test(text);
  } catch {
    return false;
  }
};
