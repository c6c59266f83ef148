import { type Words, words } from '../../config/section.ts';

/** The administrator of the chat. That of a forge is its own. */
export interface AdminConfig {
  readonly username: string;
  readonly name: string;
  readonly email: string;
}

export const ADMIN: Words<AdminConfig> = words('Admin');
