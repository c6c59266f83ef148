import type { Rule } from '../../config/rules/rule.ts';
import { mongoExternalHasNoMembers } from './rules/mongo-external-has-no-members.ts';
import { mongoFitsRocketChat } from './rules/mongo-fits-rocketchat.ts';
import { mongoMembersAreOdd } from './rules/mongo-members-are-odd.ts';

export const mongodbRules: readonly Rule[] = [mongoExternalHasNoMembers, mongoFitsRocketChat, mongoMembersAreOdd];
