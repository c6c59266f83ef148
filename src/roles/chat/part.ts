/**
 * What any chat is asked in chatops.yaml, whatever product it is: made of the kinds that the parts of a house bring. It
 * adds nothing to a stack.
 */
import type { Part } from '../../contracts/part.ts';
import { accountsAreUnique } from './rules/accounts-are-unique.ts';
import { botCanPost } from './rules/bot-can-post.ts';
import { chatUrlIsNoPage } from './rules/chat-url-is-no-page.ts';
import { chatUrlOpens } from './rules/chat-url-opens.ts';
import { emailsAreUnique } from './rules/emails-are-unique.ts';
import { kindsKnowTheirKeys } from './rules/kinds-know-their-keys.ts';
import { listsNameEachOnce } from './rules/lists-name-each-once.ts';
import { membersAreKnown } from './rules/members-are-known.ts';
import { roomsAreKnown } from './rules/rooms-are-known.ts';
import { roomsAreUnique } from './rules/rooms-are-unique.ts';
import { secretNamesDiffer } from './rules/secret-names-differ.ts';
import { adminSection } from './sections/admin.ts';
import { type ChatRole, chatSection } from './sections/chat.ts';
import { DEFAULT_BOT } from './sections/defaults.ts';

const together: Part['together'] = (parts) => {
  const [first, ...others] = parts.flatMap(({ chat }) => chat ?? []);
  if (first === undefined) return {};
  const kinds: ChatRole['kinds'] = [first, ...others];
  const bot = parts.find((part) => part.bot)?.bot ?? DEFAULT_BOT;
  return {
    section: [adminSection, chatSection({ kinds, bot })],
    rules: [
      accountsAreUnique(kinds),
      botCanPost,
      chatUrlIsNoPage,
      chatUrlOpens,
      emailsAreUnique,
      kindsKnowTheirKeys(kinds),
      listsNameEachOnce,
      membersAreKnown,
      roomsAreKnown,
      roomsAreUnique,
      secretNamesDiffer,
    ],
  };
};

export const chatRole: Part = { name: 'chat', together };
