import { accountsAreUnique } from './accounts-are-unique.ts';
import { announceFiltersFit } from './announce-filters-fit.ts';
import { announceFitsGitLab } from './announce-fits-gitlab.ts';
import { announceNamesOneSource } from './announce-names-one-source.ts';
import { announcesAreUnique } from './announces-are-unique.ts';
import { botCanPost } from './bot-can-post.ts';
import { emailsAreUnique } from './emails-are-unique.ts';
import { generalIsAChannel } from './general-is-a-channel.ts';
import { gitlabHasItsUrl } from './gitlab-has-its-url.ts';
import { imagesArePinned } from './images-are-pinned.ts';
import { listsNameEachOnce } from './lists-name-each-once.ts';
import { membersAreKnown } from './members-are-known.ts';
import { mongoExternalHasNoMembers } from './mongo-external-has-no-members.ts';
import { mongoFitsRocketChat } from './mongo-fits-rocketchat.ts';
import { mongoMembersAreOdd } from './mongo-members-are-odd.ts';
import { namedFilesAreInside } from './named-files-are-inside.ts';
import { peopleAreKnown } from './people-are-known.ts';
import { portsDiffer } from './ports-differ.ts';
import { relayTakesNoRoutes } from './relay-takes-no-routes.ts';
import { rocketchatImageFitsVersion } from './rocketchat-image-fits-version.ts';
import { roomsAreKnown } from './rooms-are-known.ts';
import { roomsAreUnique } from './rooms-are-unique.ts';
import { routesNameOnePlace } from './routes-name-one-place.ts';
import type { Rule } from './rule.ts';
import { runnerFitsGitLab } from './runner-fits-gitlab.ts';
import { runnerNeedsGitLab } from './runner-needs-gitlab.ts';
import { runnerScopeNamesOne } from './runner-scope-names-one.ts';
import { runnerTakesJobs } from './runner-takes-jobs.ts';
import { secretNamesDiffer } from './secret-names-differ.ts';
import { tlsHasBothFiles } from './tls-has-both-files.ts';
import { wordingFillsKnownPlaces } from './wording-fills-known-places.ts';

/** Every cross-field rule, one file each; problems are sorted by place afterwards, so the order means nothing. */
export const RULES: readonly Rule[] = [
  accountsAreUnique,
  announceFiltersFit,
  announceFitsGitLab,
  announceNamesOneSource,
  announcesAreUnique,
  botCanPost,
  emailsAreUnique,
  generalIsAChannel,
  gitlabHasItsUrl,
  imagesArePinned,
  listsNameEachOnce,
  membersAreKnown,
  mongoExternalHasNoMembers,
  mongoFitsRocketChat,
  mongoMembersAreOdd,
  namedFilesAreInside,
  peopleAreKnown,
  portsDiffer,
  relayTakesNoRoutes,
  rocketchatImageFitsVersion,
  roomsAreKnown,
  roomsAreUnique,
  routesNameOnePlace,
  runnerFitsGitLab,
  runnerNeedsGitLab,
  runnerScopeNamesOne,
  runnerTakesJobs,
  secretNamesDiffer,
  tlsHasBothFiles,
  wordingFillsKnownPlaces,
];
