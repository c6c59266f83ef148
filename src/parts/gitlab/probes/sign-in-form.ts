/** What a browser takes from a page of Rails to send its form. Pure. */
import type { HttpResponse } from '../../../contracts/http.ts';

export interface SignInForm {
  /** Undefined: it is no page with a form. */
  readonly token: string | undefined;
  /** As the header Cookie; undefined: none that a browser would send back. */
  readonly cookie: string | undefined;
  /** The page set a cookie that a browser keeps from this scheme. */
  readonly withheld: boolean;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', quot: '"', lt: '<', gt: '>', '#39': "'", '#43': '+' };

const unescaped = (text: string): string =>
  text.replaceAll(/&(amp|quot|lt|gt|#39|#43);/g, (whole, name: string) => ENTITIES[name] ?? whole);

const attribute = (tag: string, name: string): string | undefined => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1];
  return found === undefined ? undefined : unescaped(found);
};

const tags = (html: string, name: string): readonly string[] => html.match(new RegExp(`<${name}\\s[^>]*>`, 'gi')) ?? [];

/** Rails: `csrf_meta_tags` names one for the whole page; a form may bear its own, which counts for it. */
const tokenIn = (html: string): string | undefined => {
  const hidden = tags(html, 'input').find((tag) => attribute(tag, 'name') === 'authenticity_token');
  const meta = tags(html, 'meta').find((tag) => attribute(tag, 'name') === 'csrf-token');
  return (hidden && attribute(hidden, 'value')) ?? (meta && attribute(meta, 'content'));
};

/** Set-Cookie lines that were joined by commas; a date has one too, with no name and `=` after it. */
const setCookies = (joined: string): readonly string[] => joined.split(/,\s*(?=[^;,=\s]+=)/).filter(Boolean);

const isSecure = (line: string): boolean => /;\s*secure\s*(?:;|$)/i.test(line);

/** @param scheme with its colon, as URLs have it: cookies marked Secure are sent by https alone (RFC 6265, 5.4) */
export const signInFormOf = ({ headers, body }: HttpResponse, scheme: string): SignInForm => {
  const lines = setCookies(headers['set-cookie'] ?? '');
  const sent = lines.filter((line) => scheme === 'https:' || !isSecure(line));
  return {
    token: tokenIn(body),
    cookie: sent.length === 0 ? undefined : sent.map((line) => line.split(';')[0] ?? '').join('; '),
    withheld: sent.length < lines.length,
  };
};
