/**
 * What a part is written with, of all that `chatops-up` exports: there also where a part runs in a container, which has
 * neither engines nor a stack directory.
 */
export { imageNamed, portNamed } from '../config/named.ts';
export { defineSection, sectionOf, writtenIn } from '../config/section.ts';
export { baseUrl } from '../contracts/addresses.ts';
export { allWords, lineWith, ofRole } from '../contracts/cause.ts';
export { settingsOf } from '../contracts/chat-kind.ts';
export { leftOut, passed } from '../contracts/check.ts';
export { cannotTell, notReady, ready, readyBut } from '../contracts/probe.ts';
/** Forms of the words of a probe, to describe a kind of one's own. */
export * as probeWords from '../contracts/probe-words.ts';
export { ADMIN } from '../contracts/sections/admin.ts';
export { CHAT } from '../contracts/sections/chat.ts';
export { DATABASE } from '../contracts/sections/database.ts';
export { FORGE } from '../contracts/sections/forge.ts';
export { NOTIFIER } from '../contracts/sections/notifier.ts';
export { RUNNER } from '../contracts/sections/runner.ts';
export { ChatopsError, formatError } from '../errors/chatops-error.ts';
export { frontDoorUrl, hostName } from '../stack/public-urls.ts';
