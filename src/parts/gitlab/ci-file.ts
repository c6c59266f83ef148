import type { NewFile, NewPipelineFile } from '../../contracts/forge.ts';

/** `.gitlab-ci.yml`, where GitLab looks for it. JSON strings are YAML strings: no tag or command can break out. Pure. */
export const ciFile = ({ comment, job, tags, command, branch, message }: NewPipelineFile): NewFile => ({
  path: '.gitlab-ci.yml',
  branch,
  message,
  content: [
    `# ${comment}`,
    `${job}:`,
    ...(tags.length === 0 ? [] : [`  tags: ${JSON.stringify(tags)}`]),
    '  script:',
    `    - ${JSON.stringify(command)}`,
    '',
  ].join('\n'),
});
