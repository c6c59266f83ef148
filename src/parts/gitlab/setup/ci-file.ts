/** The first file of a project we make: something for the runner to do, so that a pipeline can be announced. */
export const CI_FILE = { path: '.gitlab-ci.yml', branch: 'main', message: 'Add a first pipeline' } as const;

/** JSON strings are YAML strings: no tag can break out. */
export const ciFile = (tags: readonly string[]): string =>
  [
    '# Made by chatops-up with this project, and yours from now on: it is never written again.',
    'hello:',
    ...(tags.length === 0 ? [] : [`  tags: ${JSON.stringify(tags)}`]),
    '  script:',
    '    - echo "hello from $CI_PROJECT_PATH"',
    '',
  ].join('\n');
