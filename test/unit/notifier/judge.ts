/** What Rocket.Chat makes of a message, by the vendor's own parser and by the server's search for mentions. */
import { parse } from '@rocket.chat/message-parser';
import type { Content } from '../../../src/notifier/rocketchat/render.ts';

const OPTIONS = { colors: true, emoticons: true, katex: { parenthesisSyntax: true, dollarSyntax: false } } as const;

/** What our own markup is made of, and signs that only look nice: `:)` typed by somebody, large where a text is nothing else. */
const HARMLESS = new Set([
  'PARAGRAPH',
  'PLAIN_TEXT',
  'LINK',
  'INLINE_CODE',
  'QUOTE',
  'LINE_BREAK',
  'EMOJI',
  'BIG_EMOJI',
]);

export interface Node {
  readonly type: string;
  readonly value: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

const nodesIn = (value: unknown): readonly Node[] => {
  if (Array.isArray(value)) return value.flatMap(nodesIn);
  if (typeof value !== 'object' || value === null) return [];
  const inside = Object.values(value).flatMap(nodesIn);
  return isNode(value) ? [value, ...inside] : inside;
};

const sourceOf = ({ value }: Node): string => {
  const { src } = value as { readonly src: { readonly value: string } };
  return src.value;
};

/** A room whose name is a number is nobody's business, and `#31` is how pipelines are known. */
const isNumber = ({ type, value }: Node): boolean =>
  type === 'MENTION_CHANNEL' && /^\d+$/.test((value as { readonly value: string }).value);

/** Like the server's: a sign at the start, after a space or `>`, then a name. */
const SERVER_MENTION = /(^|\s|>)@[0-9a-zA-Z\-_.]+/;
/** Stricter than the server: the sign and a name, wherever they are. */
const ANY_MENTION = /@[0-9a-zA-Z\-_.]/;

export const textsOf = ({ text, attachments = [] }: Content): readonly string[] => [
  text,
  ...attachments.flatMap(({ text: more, fields = [] }) => [
    ...(more === undefined ? [] : [more]),
    ...fields.map(({ value }) => value),
  ]),
];

const faultsIn = (text: string, isOurs: (address: string) => boolean): readonly string[] => {
  const nodes = nodesIn(parse(text, OPTIONS));
  const strange = nodes.filter((node) => !HARMLESS.has(node.type) && !isNumber(node)).map(({ type }) => type);
  const links = nodes.filter(({ type }) => type === 'LINK').map(sourceOf);
  return [
    ...strange,
    ...links.filter((address) => !isOurs(address)).map((address) => `link to ${address}`),
    ...(SERVER_MENTION.test(text) || ANY_MENTION.test(text) ? ['mention'] : []),
  ];
};

/** Everything in a message that text from outside must not do; empty when it is as it should be. */
export const faultsOf = (content: Content, isOurs: (address: string) => boolean): readonly string[] =>
  textsOf(content).flatMap((text) => faultsIn(text, isOurs));

/** How a text is read, without what is not seen. */
export const linksOf = (text: string): readonly string[] =>
  nodesIn(parse(text, OPTIONS))
    .filter(({ type }) => type === 'LINK')
    .map(sourceOf);
