/** The static pages of `www` and `hom`, and the one shown while a back end is away. */

import type { RenderedFile, RenderInput } from '../../../contracts/renderer.ts';
import { htmlHeader } from '../../../render/generated.ts';
import { fillPiece, pieceOf } from '../../../render/pieces.ts';
import type { AddressSpec } from '../../../stack/stack.ts';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const htmlText = (text: string): string => text.replace(/[&<>"']/g, (found) => ENTITIES[found] ?? '');

export const PAGE_PIECES = {
  www: 'nginx/html/www.base.html',
  hom: 'nginx/html/hom.base.html',
  starting: 'nginx/html/starting.base.html',
} as const;

const links = (addresses: readonly AddressSpec[]): string =>
  addresses
    .map(({ url, title }) => `<li><a href="${htmlText(url)}">${htmlText(title)}</a> ${htmlText(url)}</li>`)
    .join('\n        ');

/** Comments may not stand before the doctype without switching old browsers' quirks on, so the header comes after it. */
const page = (path: string, text: string): RenderedFile => ({
  path,
  text: text.replace(/^<!doctype html>\n/i, (doctype) => `${doctype}${htmlHeader}`),
});

export const staticPages = ({ stack, pieces }: RenderInput): readonly RenderedFile[] => {
  const name = htmlText(stack.name);
  const isStart = ({ label }: AddressSpec): boolean => label === 'www';
  const www = { name, links: links(stack.addresses.filter((address) => !isStart(address))) };
  const hom = { name, domain: htmlText(stack.domain), links: links(stack.addresses.filter(isStart)) };
  const filled = (piece: string, values: Readonly<Record<string, string>>): string =>
    fillPiece(pieceOf(pieces, piece), values);
  return [
    page('nginx/html/www/index.html', filled(PAGE_PIECES.www, www)),
    page('nginx/html/hom/index.html', filled(PAGE_PIECES.hom, hom)),
    page('nginx/html/starting/chatops-starting.html', filled(PAGE_PIECES.starting, { name })),
  ];
};
