import type { Rule } from '../../config/rules/rule.ts';
import { mongoExternalHasNoMembers } from './rules/mongo-external-has-no-members.ts';
import { mongoFitsChat } from './rules/mongo-fits-chat.ts';
import { mongoMembersAreOdd } from './rules/mongo-members-are-odd.ts';

export const mongodbRules: readonly Rule[] = [mongoExternalHasNoMembers, mongoFitsChat, mongoMembersAreOdd];
