import { readFileSync } from 'node:fs';

/** The end of a log, without the empty lines after it. @returns nothing where there is no log @param count lines, at most */
export const lastLines = (path: string, count: number): string => {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n');
  } catch {
    return '';
  }
};
