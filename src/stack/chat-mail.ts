/** Addresses that nobody gave. */
import type { Config } from '../config/config.ts';

/** What stands after the `@`. A chat may want a dot there. */
export const mailDomain = (domain: string): string => (domain.includes('.') ? domain : `${domain}.localdomain`);

/** The bot's account needs an address of its own; nothing is ever sent there. */
export const botEmail = ({ username }: { readonly username: string }, { domain }: Pick<Config, 'domain'>): string =>
  `${username}@${mailDomain(domain)}`;
