import type { Rule } from './rule.ts';

/** Whether a relative path leaves the folder that it begins in. */
const leadsOut = (file: string): boolean => {
  let depth = 0;
  for (const part of file.split('/')) {
    if (part === '..') depth -= 1;
    else if (part !== '.' && part !== '') depth += 1;
    if (depth < 0) return true;
  }
  return false;
};

/** Files that containers get to read: one outside the stack directory has to be meant, and said in full. */
export const namedFilesAreInside: Rule = {
  name: 'named-files-are-inside',
  reads: ['tls', 'authority'],
  check: ({ written: { tls, authority } }) =>
    [
      { path: ['tls', 'certificate'], file: tls?.certificate },
      { path: ['tls', 'key'], file: tls?.key },
      { path: ['authority'], file: authority },
    ].flatMap(({ path, file }) =>
      file === undefined || file.startsWith('/') || !leadsOut(file)
        ? []
        : [
            {
              path,
              message: `${file} leads out of the stack directory`,
              fix: 'put the file into the stack directory, or write its absolute path',
            },
          ],
    ),
};
