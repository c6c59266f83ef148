import type { Config } from '../config/config.ts';
import { sectionOf } from '../config/section.ts';
import { ADMIN } from '../contracts/sections/admin.ts';
import { CHAT } from '../contracts/sections/chat.ts';
import type { Account } from './stack.ts';

export const adminAccount = (config: Config): Account => ({
  username: sectionOf(config, ADMIN).username,
  password: 'CHATOPS_ADMIN_PASSWORD',
});

export const botAccount = (config: Config): Account => ({
  username: sectionOf(config, CHAT).bot.username,
  password: 'CHATOPS_BOT_PASSWORD',
});

/** `alice.b` → `CHATOPS_USER_ALICE_B_PASSWORD`. */
export const userPasswordName = (username: string): string =>
  `CHATOPS_USER_${username.toUpperCase().replaceAll(/[^0-9A-Z]/g, '_')}_PASSWORD`;
