import type { Rule } from '../../../config/rules/rule.ts';
import { sectionOf } from '../../../config/section.ts';
import { FORGE } from '../../../contracts/sections/forge.ts';

export const gitlabHasItsUrl: Rule = {
  name: 'gitlab-has-its-url',
  reads: ['gitlab.kind', 'gitlab.url'],
  check: ({ config }) => {
    const gitlab = sectionOf(config, FORGE);
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
