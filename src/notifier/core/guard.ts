/**
 * The last look at a message: payloads can be forged (who maintains a project may write a template for its hooks), so
 * links lead to known hosts only, and no token of GitLab is shown, whatever field it stood in. Pure.
 */
import { withoutTokens } from './clean.ts';
import { type Line, type Message, outside, type Piece } from './message.ts';
import { hostOf, withoutSecrets } from './web-address.ts';

/** `git.example.org`, or `*.review.example.org` for every host below it. */
const isKnown = (host: string, hosts: readonly string[]): boolean =>
  hosts.some((each) => (each.startsWith('*.') ? host.endsWith(each.slice(1)) : host === each));

/** @param hosts undefined: any */
const isAllowed = (url: string, hosts: readonly string[] | undefined): boolean => {
  // Parameters that carry tokens are left out of an address; one that stands elsewhere spoils it.
  const bare = withoutSecrets(url);
  if (withoutTokens(bare) !== bare) return false;
  return hosts === undefined || isKnown(hostOf(url) ?? '', hosts);
};

const guardedPiece = (piece: Piece, hosts: readonly string[] | undefined): Piece => {
  switch (piece.kind) {
    case 'words':
      return piece;
    case 'link': {
      const text = withoutTokens(piece.text);
      return isAllowed(piece.url, hosts) ? { ...piece, text } : outside(text);
    }
    case 'person':
      return { ...piece, name: withoutTokens(piece.name) };
    default:
      return { ...piece, text: withoutTokens(piece.text) };
  }
};

export const guarded = (message: Message, hosts: readonly string[] | undefined): Message => {
  const ofLine = (line: Line): Line => line.map((piece) => guardedPiece(piece, hosts));
  return {
    ...message,
    line: ofLine(message.line),
    details: message.details.map(ofLine),
    fields: message.fields.map(({ title, value }) => ({ title, value: ofLine(value) })),
  };
};
