import type { Rule } from './rule.ts';

export const gitlabHasItsUrl: Rule = {
  name: 'gitlab-has-its-url',
  reads: ['gitlab.kind', 'gitlab.url'],
  check: ({ config: { gitlab } }) => {
    if (gitlab.kind === 'external' && gitlab.url === undefined) {
      return [
        {
          path: ['gitlab', 'url'],
          message: '`kind: external` needs the address of the existing GitLab',
          fix: 'add `url: https://…`, or set `kind: bundled`',
        },
      ];
    }
    if (gitlab.kind === 'external' || gitlab.url === undefined) return [];
    return [
      {
        path: ['gitlab', 'url'],
        message: `an address is for an existing GitLab, and kind is \`${gitlab.kind}\``,
        fix: 'remove `url`, or set `kind: external`',
      },
    ];
  },
};
