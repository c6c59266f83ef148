/** The parts a stack may have, in the order in which the stack is put together and shown. */
import type { Part } from '../contracts/part.ts';
import { botPart } from '../parts/bot/part.ts';
import { frontDoorPart } from '../parts/front-door/part.ts';
import { gitlabPart } from '../parts/gitlab/part.ts';
import { gitlabRunnerPart } from '../parts/gitlab-runner/part.ts';
import { mattermostPart } from '../parts/mattermost/part.ts';
import { mongodbPart } from '../parts/mongodb/part.ts';
import { postgresPart } from '../parts/postgres/part.ts';
import { proberPart } from '../parts/prober/part.ts';
import { relayPart } from '../parts/relay/part.ts';
import { rocketchatPart } from '../parts/rocketchat/part.ts';
import { announcementPart } from '../proofs/announcement/part.ts';
import { conversationPart } from '../proofs/conversation/part.ts';
import { chatRole } from '../roles/chat/part.ts';

export const PARTS: readonly Part[] = [
  chatRole,
  mongodbPart,
  postgresPart,
  rocketchatPart,
  mattermostPart,
  botPart,
  gitlabPart,
  gitlabRunnerPart,
  relayPart,
  frontDoorPart,
  proberPart,
  conversationPart,
  announcementPart,
];
