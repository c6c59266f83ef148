import type { Sample } from '../../../../contracts/played-forge.ts';
import { projectOf, shaOf, userOf, webUrl } from './parts.ts';

export const wikiPageSamples: readonly Sample[] = [
  {
    name: 'wiki',
    about: 'a page of the wiki is written',
    header: 'Wiki Page Hook',
    build: (context) => {
      const wiki = `${webUrl(context)}/-/wikis`;
      const slug = `bell-${context.word}`;
      return {
        object_kind: 'wiki_page',
        user: userOf(context),
        project: projectOf(context),
        wiki: {
          web_url: `${wiki}/home`,
          git_ssh_url: projectOf(context).git_ssh_url.replace(/\.git$/, '.wiki.git'),
          git_http_url: `${webUrl(context)}.wiki.git`,
          path_with_namespace: `${context.project}.wiki`,
          default_branch: 'main',
        },
        object_attributes: {
          slug,
          title: `The bell (${context.word})`,
          format: 'markdown',
          content: 'Where it hangs and how it is wired.',
          message: 'Say where the bell hangs',
          action: 'create',
          url: `${wiki}/${slug}`,
          version_id: shaOf(context, 'wiki'),
          diff_url: `${wiki}/${slug}/diff?version_id=${shaOf(context, 'wiki')}`,
        },
      };
    },
  },
];
