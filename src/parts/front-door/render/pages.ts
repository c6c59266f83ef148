/** The static pages of `www` and `hom`, and the one shown while a back end is away. */

import { htmlHeader } from '../../../render/generated.ts';
import { fillPiece } from '../../../render/pieces.ts';
import type { RenderedFile, RenderInput } from '../../../render/renderer.ts';
import type { Stack } from '../../../stack/stack.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const htmlText = (text: string): string => text.replace(/[&<>"']/g, (found) => ENTITIES[found] ?? '');

const LABELS = { chat: 'Chat', git: 'Git', www: 'Start page', hom: 'Home' } as const;

const links = ({ publicUrls }: Stack, hosts: readonly (keyof typeof LABELS)[]): string =>
  hosts
    .flatMap((host) => {
      const url = publicUrls[host];
      return url === undefined ? [] : [`<li><a href="${htmlText(url)}">${LABELS[host]}</a> ${htmlText(url)}</li>`];
    })
    .join('\n        ');

/** Comments may not stand before the doctype without switching old browsers' quirks on, so the header comes after it. */
const page = (path: string, text: string): RenderedFile => ({
  path,
  text: text.replace(/^<!doctype html>\n/i, (doctype) => `${doctype}${htmlHeader}`),
});

export const staticPages = ({ stack, pieces }: RenderInput): readonly RenderedFile[] => {
  const name = htmlText(stack.name);
  const www = { name, links: links(stack, ['chat', 'git', 'hom']) };
  const hom = { name, domain: htmlText(stack.config.domain), links: links(stack, ['www']) };
  return [
    page('nginx/html/www/index.html', fillPiece(pieces['nginx/html/www.base.html'], www)),
    page('nginx/html/hom/index.html', fillPiece(pieces['nginx/html/hom.base.html'], hom)),
    page('nginx/html/starting/chatops-starting.html', fillPiece(pieces['nginx/html/starting.base.html'], { name })),
  ];
};
