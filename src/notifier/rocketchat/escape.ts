/**
 * Text from outside → Rocket.Chat's markup that shows it as it is. Judged by the vendor's own parser
 * (@rocket.chat/message-parser): a backslash escapes `* _ ~` and the backtick outside of links and code. `[` and `<`
 * start a link whatever follows, and would take our next link for their end: they are shown as signs that look alike.
 * Everything else is broken by a character that is not seen, which also keeps the server's search for mentions
 * (`@name`, `#room`) and the Markdown of attachments' fields from finding anything.
 */
const JOINER = '\u2060';
const DOT = '\u2024';

const MENTION = /@/g;
/** `#31` stays readable to those who search for it; no room is notified by a name. */
const ROOM = /#(?!\d+(?![\w.-]))/g;

/** No mention of anybody, wherever it stands. */
const silent = (text: string): string => text.replace(MENTION, `@${JOINER}`).replace(ROOM, `#${JOINER}`);

const withoutBrackets = (text: string): string => text.replace(/\[/g, '［').replace(/\]/g, '］').replace(/</g, '＜');

/**
 * `a.b` is read as a domain, which takes what follows into its address, a backslash of ours too: such a full stop is
 * shown as a dot that looks the same. Numbers (`1.2.3`) keep theirs where nothing has to be escaped.
 */
const withoutDomains = (text: string, hasEscapes: boolean): string =>
  hasEscapes
    ? text.replace(/\.(?=\S)/g, DOT)
    : text.replace(/\.(?=[^\s\d])/g, DOT).replace(/(\d\.\d+\.\d+)\.(?=\d)/g, `$1${DOT}`);

const escapePart = (text: string, hasEscapes: boolean): string =>
  withoutDomains(withoutBrackets(silent(text)), hasEscapes)
    // What opens spoilers and formulas, and our own escapes.
    .replace(/[|\\]/g, `$&${JOINER}`)
    .replace(/[*_~`]/g, '\\$&')
    // `=\` is an emoticon, which would take our escape for its mouth.
    .replace(/=(?=\\)/g, `=${JOINER}`)
    // Emoji and schemes; numbers to call and the name of this machine, which become links without any sign.
    .replace(/:(?=\S)/g, `:${JOINER}`)
    .replace(/\+(?=[\d(])/g, `+${JOINER}`)
    .replace(/local(?=host)/gi, `$&${JOINER}`);

/**
 * A name with a dot, such as a file or a version, standing by itself: `README.md`, `src/a.ts`, `1.2.3.4`. As code it keeps
 * its real dot, and nothing is read into it (`.md` ends domains too).
 */
const DOTTED = /(?<=^|[\s(,"'])[\w/+-]*\w(?:\.[\w/+-]*\w)+(?=$|[\s),;!?"']|\.(?:\s|$))/g;

const LONGEST_NAME = 100;

/** `1.2.3` and `v1.2.3` keep their dots without, where nothing is escaped; initials are no name of a thing. */
const isPlain = (name: string, hasEscapes: boolean): boolean =>
  (!hasEscapes && /^v?\d+(?:\.\d+){0,2}$/i.test(name)) || /^[A-Za-z](?:\.[A-Za-z])*$/.test(name);

export const escapeText = (text: string): string => {
  const hasEscapes = /[*~`]/.test(text) || /_/.test(text.replace(DOTTED, ''));
  let shown = '';
  let end = 0;
  for (const found of text.matchAll(DOTTED)) {
    const [name] = found;
    if (name.length > LONGEST_NAME || isPlain(name, hasEscapes)) continue;
    shown += `${escapePart(text.slice(end, found.index), hasEscapes)}\`${name}\``;
    end = found.index + name.length;
  }
  return shown + escapePart(text.slice(end), hasEscapes);
};

/** Between backticks everything stands for itself but a backtick and the end of the line. */
export const escapeCode = (text: string): string => silent(text).replace(/`/g, 'ˋ');

/**
 * In a link's label a backslash is no escape, and a sign of emphasis would look for its partner beyond the label:
 * signs that may be one are shown as ones that look alike. `a_b` is none.
 */
export const escapeLabel = (text: string): string =>
  withoutBrackets(silent(text))
    .replace(/\*/g, '∗')
    .replace(/~/g, '∼')
    .replace(/`/g, 'ˋ')
    .replace(/\\/g, '∖')
    .replace(/\|/g, '∣')
    .replace(/(^|[^A-Za-z0-9])_|_(?=_)|(?<=_)_/g, (found) => found.replace(/_/g, 'ˍ'));

/** A line that begins with text from outside begins no list and no quote. */
export const escapeStart = (line: string): string => (/^(?:[-+*>]|\d+[.)])/.test(line) ? `${JOINER}${line}` : line);
