/**
 * Text from outside → Mattermost's Markdown that shows it as it is. Backslashes hold back emphasis and code; what the
 * server and its web app look for after Markdown is read (`@name`, `~channel`, `#tag`, `:emoji:`, bare addresses) is
 * broken by a character that is not seen, as a backslash is gone by then. `[` and `<` are shown as signs that look
 * alike: the server turns `<!channel>`, `<@id>` and `<address|text>` into mentions and links before anything else
 * (mattermost/mattermost:server/channels/app/slack.go).
 */
const JOINER = '\u2060';

/** `#31` stays readable to those who search for it; a tag begins with a letter. */
const SIGNS = /@|~|#(?!\d+(?![\w.-]))|:(?=\S)/g;

/** server/public/shared/markdown/autolink.go: `www`, up to three digits and a full stop begin an address. */
const WWW = /(www\d{0,3})(?=\.)/gi;

const silent = (text: string): string =>
  text.replace(SIGNS, (sign) => `${sign}${JOINER}`).replace(WWW, (start) => `${start}${JOINER}`);

/** `$` begins a formula where an administrator allows them; `&` one of HTML's names for a sign (`&lt;`). */
const lookAlike = (text: string): string =>
  text
    .replace(/\[/g, '［')
    .replace(/\]/g, '］')
    .replace(/</g, '＜')
    .replace(/\$/g, '＄')
    .replace(/&(?=#?\w+;)/g, '＆');

const MARKS = /[\\*_~`|]/g;

export const escapeText = (text: string): string => silent(lookAlike(text).replace(MARKS, '\\$&'));

/** A backslash at the end of a label would take the bracket that ends it. */
export const escapeLabel = (text: string): string => escapeText(text.replace(/\\/g, '∖'));

/** Between backticks everything stands for itself but a backtick; still, nobody is named there by accident. */
export const escapeCode = (text: string): string =>
  text
    .replace(/[@~]/g, (sign) => `${sign}${JOINER}`)
    .replace(/</g, '＜')
    .replace(/`/g, 'ˋ');

/** A line that begins with text from outside begins no list, quote, heading or rule. */
export const escapeStart = (line: string): string =>
  /^[\p{L}@[`]/u.test(line) || line === '' ? line : `${JOINER}${line}`;
