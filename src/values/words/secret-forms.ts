/** How a secret looks where it was echoed: as it is, or written for an address, a document, a page or a header. Pure. */
import { sha256Hex } from '../sha256.ts';

export interface SecretForm {
  readonly text: string;
  /** Its first and last characters also hold bits of what stood beside it. */
  readonly blurred: boolean;
}

type Write = (text: string) => string;

const lowerEscapes: Write = (text) => text.replace(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
const inAddress: Write = (text) => encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
/** `application/x-www-form-urlencoded` (https://url.spec.whatwg.org/#concept-urlencoded-serializer). */
const inForm: Write = (text) => new URLSearchParams({ a: text }).toString().slice(2);
const inDocument: Write = (text) => JSON.stringify(text).slice(1, -1);
/** As writers of JSON do that keep to ASCII, or escape the slash as well. */
const inAsciiDocument: Write = (text) =>
  inDocument(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const slashesEscaped: Write = (text) => text.replaceAll('/', '\\/');
const page =
  (quote: string, apostrophe: string): Write =>
  (text) =>
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', quote)
      .replaceAll("'", apostrophe);

/** By number, which every character may be. */
const numberedPage: Write = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const WRITTEN: readonly Write[] = [
  inAddress,
  (text) => lowerEscapes(inAddress(text)),
  inForm,
  (text) => lowerEscapes(inForm(text)),
  inDocument,
  inAsciiDocument,
  (text) => slashesEscaped(inDocument(text)),
  page('&quot;', '&#39;'),
  page('&quot;', '&#x27;'),
  page('&#34;', '&apos;'),
  numberedPage,
];

/** Of these characters every writer leaves all as they are. */
const UNCHANGED = /^[A-Za-z0-9._-]*$/;

const written = (text: string): readonly string[] =>
  UNCHANGED.test(text) ? [text] : [...new Set([text, ...WRITTEN.map((write) => write(text))])];

/** Written once, and once more: a document in an address, a document as a text of a document. */
const writtenTwice = (text: string): readonly string[] => [...new Set(written(text).flatMap(written))];

const BITS_OF_BYTE = 8;
const BITS_OF_CHARACTER = 6;

/** The characters of base64 that depend on nothing but the text, when `before` bytes stand in front of it. */
const base64After = (text: string, before: number): string => {
  const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text, 'utf8')]);
  const from = Math.ceil((before * BITS_OF_BYTE) / BITS_OF_CHARACTER);
  const to = Math.floor((bytes.length * BITS_OF_BYTE) / BITS_OF_CHARACTER);
  return bytes.toString('base64').slice(from, to);
};

/** RFC 4648 sections 4 and 5, at each of the three alignments. */
const inBase64 = (text: string): readonly string[] =>
  [0, 1, 2].flatMap((before) => {
    const plain = base64After(text, before);
    return UNCHANGED.test(plain)
      ? [plain]
      : [plain, plain.replaceAll('+', '-').replaceAll('/', '_'), inAddress(plain), slashesEscaped(plain)];
  });

const inHexadecimal = (text: string): readonly string[] => {
  const hexadecimal = Buffer.from(text, 'utf8').toString('hex');
  return [hexadecimal, hexadecimal.toUpperCase()];
};

/** The digest is as good as the password where a server takes it instead. */
export const secretForms = (secret: string): readonly SecretForm[] => {
  const plain = [...writtenTwice(secret), ...inHexadecimal(secret), sha256Hex(secret)];
  const blurred = [...new Set([...new Set([secret, inDocument(secret)])].flatMap(inBase64))];
  return [
    ...[...new Set(plain)].map((text) => ({ text, blurred: false })),
    ...blurred.map((text) => ({ text, blurred: true })),
  ];
};
