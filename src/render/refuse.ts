import { ChatopsError } from '../errors/chatops-error.ts';

/** Quoted for users to see: control characters as escapes, cut at 60 characters. */
const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** For a text that a format cannot hold at all, however it is quoted. */
export const refused = (text: string, format: string, why: string): ChatopsError =>
  new ChatopsError('CONFIG_INVALID', {
    what: `${shown(text)} cannot be written into ${format}`,
    why,
    next: 'use another text at that place in chatops.yaml',
  });

/** @throws ChatopsError CONFIG_INVALID: half a surrogate pair has no UTF-8 form and would be changed in the file */
export const requireUtf8 = (text: string, format: string): string => {
  if (/\p{Surrogate}/u.test(text)) throw refused(text, format, 'it holds half a surrogate pair');
  return text;
};
