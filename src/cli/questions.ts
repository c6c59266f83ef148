import { sectionOf } from '../config/section.ts';
import { ADMIN } from '../contracts/sections/admin.ts';
import { defaultConfig } from '../wiring/own-house.ts';
import type { Question } from './ask.ts';

const defaults = defaultConfig();
const { name, domain, ports } = defaults;
const admin = sectionOf(defaults, ADMIN);

/** What cannot be guessed for a first evening; everything else has a default that chatops.yaml shows. */
export const QUESTIONS: readonly Question[] = [
  { key: 'name', message: 'Name of the stack', default: name },
  { key: 'domain', message: 'Domain (chat., git., www. and hom. stand before it)', default: domain },
  { key: 'ports.http', message: 'Port of the front door', default: String(ports.http) },
  { key: 'admin.username', message: "User name of the chat's administrator", default: admin.username },
  { key: 'admin.email', message: 'Their e-mail address', default: admin.email },
];
