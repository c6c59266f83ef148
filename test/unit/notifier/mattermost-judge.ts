/**
 * What Mattermost makes of a text. Its web app reads Markdown with a fork of `marked`, which judges here; what server
 * and web app look for in the text that remains is written down from their sources: mentions
 * (server/channels/app/mention_parser_standard.go), bare addresses (server/public/shared/markdown/autolink.go), links
 * to channels, tags and e-mail addresses (webapp/channels/src/utils/text_formatting.tsx), and Slack's own notation
 * (server/channels/app/slack.go).
 */
import { marked, type Token } from 'marked';
import type { PostBody } from '../../../src/notifier/mattermost/render.ts';

/** What our own markup is made of. */
const HARMLESS = new Set(['paragraph', 'text', 'link', 'codespan', 'blockquote', 'br', 'escape', 'space']);

const childrenOf = (token: Token): readonly Token[] => {
  const inside = 'tokens' in token && Array.isArray(token.tokens) ? token.tokens : [];
  return [token, ...inside.flatMap(childrenOf)];
};

const tokensOf = (text: string): readonly Token[] =>
  marked.lexer(text, { gfm: true, breaks: true }).flatMap(childrenOf);

const isLeaf = (token: Token): boolean => !('tokens' in token && Array.isArray(token.tokens));

/** What one leaf leaves: two lines stay two, as nothing that is looked for reaches over the end of a line. */
const plainOfLeaf = (token: Token): string => {
  if (token.type === 'br' || token.type === 'space') return '\n';
  return 'text' in token && token.type !== 'codespan' ? String(token.text) : '';
};

/** What is left when Markdown has been read: escapes are gone, code is no text. */
export const plainOf = (text: string): string => tokensOf(text).filter(isLeaf).map(plainOfLeaf).join('');

const FOUND: Readonly<Record<string, RegExp>> = {
  mention: /@[\p{L}\p{N}._-]/u,
  'link to a channel': /~[a-z0-9_-]/i,
  tag: /#\p{L}/u,
  'bare address': /[a-z]+:\/\/\S|(^|[\s*_~()<>])www\d{0,3}\./i,
  scheme: /\b(mailto|tel):[\w+]/i,
  emoji: /:[a-z0-9_+-]+:/i,
  formula: /\$/,
};

/** The server's own rule, on the text as it is sent: words of letters, numbers and `:.-_@`. */
const MENTIONS = new Set(['@all', '@here', '@channel', '@ada']);
const isNotified = (text: string): boolean =>
  text.split(/[^\p{L}\p{N}:.\-_@]+/u).some((word) => {
    const bare = word.replace(/^[:.\-_]+/, '').replace(/[:.\-_]+$/, '');
    return [bare, ...bare.split(/[.\-:]/)].some((each) => MENTIONS.has(each.toLowerCase()));
  });

const faultsIn = (text: string, isOurs: (address: string) => boolean): readonly string[] => {
  const tokens = tokensOf(text);
  const plain = plainOf(text);
  const links = tokens.flatMap((token) => (token.type === 'link' ? [String(token.href)] : []));
  return [
    ...tokens.filter(({ type }) => !HARMLESS.has(type)).map(({ type }) => type),
    ...links.filter((address) => !isOurs(address)).map((address) => `link to ${address}`),
    ...Object.entries(FOUND).flatMap(([fault, pattern]) => (pattern.test(plain) ? [fault] : [])),
    ...(isNotified(text) ? ['notification'] : []),
    ...(/</.test(text) ? ['Slack’s notation'] : []),
  ];
};

export const textsOf = ({ message, attachments }: PostBody): readonly string[] => [
  message,
  ...attachments.flatMap(({ fallback, text, fields = [] }) => [
    fallback,
    ...(text === undefined ? [] : [text]),
    ...fields.map(({ value }) => value),
  ]),
];

/** Everything in a post that text from outside must not do; empty when it is as it should be. */
export const faultsOf = (post: PostBody, isOurs: (address: string) => boolean): readonly string[] =>
  textsOf(post).flatMap((text) => faultsIn(text, isOurs));

export const linksOf = (text: string): readonly string[] =>
  tokensOf(text).flatMap((token) => (token.type === 'link' ? [String(token.href)] : []));
