/** A web address that fits into `[label](address)` of any Markdown; the sandbox has no `URL`. */
const LIMIT = 400;
const WEB = /^(https?):\/\/([A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(:\d{1,5})?(?:([/?#])(.*))?$/;

const hex = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** Percent-encodes what could end the link or count as markup; what is encoded already stays. */
const encoded = (rest: string): string =>
  rest.replace(/[^A-Za-z0-9\-._/?#=&%+,;:]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code < 128) return hex(code);
    return code >= 0xd800 && code <= 0xdfff ? '' : encodeURIComponent(char);
  });

/** Parameters that would let a reader in as somebody else (doc/api/rest/authentication.md, doc/security/tokens). */
const SECRETS = /([?&])(?:private|job|access|feed|rss)_token=[^&#]*&?/gi;

/** The address without them. */
export const withoutSecrets = (url: string): string => url.replace(SECRETS, '$1');

/** In lower case, without its port; undefined for what is no web address. */
export const hostOf = (url: string): string | undefined =>
  url.length > LIMIT ? undefined : WEB.exec(url)?.[2]?.toLowerCase();

/** @returns undefined for what is no web address */
export const webAddress = (url: string): string | undefined => {
  if (url.length > LIMIT) return undefined;
  const [, scheme, host, port = '', start = '', rest = ''] = WEB.exec(url) ?? [];
  if (scheme === undefined || host === undefined) return undefined;
  const whole = `${scheme}://${host}${port}${encoded(withoutSecrets(`${start}${rest}`))}`;
  // A full stop or a comma at the end would be read as the end of a sentence.
  return whole.replace(/[.,;:?#&]+$/, '');
};
