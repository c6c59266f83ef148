/** The first file of a project we make: something for the runner to do, so that a pipeline can be announced. */
export const CI_FILE = { path: '.gitlab-ci.yml', branch: 'main', message: 'Add a first pipeline' } as const;

const HEADER =
  '# Made by chatops-up with this project. While it stands as it was made, a runner in chatops.yaml takes its job.';
/** Of 0.1. */
const FORMER_HEADER = '# Made by chatops-up with this project, and yours from now on: it is never written again.';

/** JSON strings are YAML strings: no tag can break out. */
const withHeader = (header: string, tags: readonly string[]): string =>
  [
    header,
    'hello:',
    ...(tags.length === 0 ? [] : [`  tags: ${JSON.stringify(tags)}`]),
    '  script:',
    '    - echo "hello from $CI_PROJECT_PATH"',
    '',
  ].join('\n');

export const ciFile = (tags: readonly string[]): string => withHeader(HEADER, tags);

const tagsIn = (text: string): readonly string[] => {
  const written = /^ {2}tags: (\[.*\])$/m.exec(text)?.[1];
  try {
    return written === undefined ? [] : (JSON.parse(written) as readonly string[]);
  } catch {
    return [];
  }
};

/** Its tags, as long as it stands as we made it; undefined once somebody has changed it. */
export const tagsOfOurs = (text: string): readonly string[] | undefined => {
  const tags = tagsIn(text);
  return [HEADER, FORMER_HEADER].some((header) => text === withHeader(header, tags)) ? tags : undefined;
};
