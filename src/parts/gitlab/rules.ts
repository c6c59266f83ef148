import type { Rule } from '../../config/rules/rule.ts';
import { announceFiltersFit } from './rules/announce-filters-fit.ts';
import { announceFitsGitLab } from './rules/announce-fits-gitlab.ts';
import { announceListsNameEachOnce } from './rules/announce-lists-name-each-once.ts';
import { announceNamesOneSource } from './rules/announce-names-one-source.ts';
import { announcedRoomsAreKnown } from './rules/announced-rooms-are-known.ts';
import { announcesAreUnique } from './rules/announces-are-unique.ts';
import { gitlabHasItsUrl } from './rules/gitlab-has-its-url.ts';
import { gitlabUrlIsNoPage } from './rules/gitlab-url-is-no-page.ts';
import { gitlabUrlOpens } from './rules/gitlab-url-opens.ts';
import { peopleAreKnown } from './rules/people-are-known.ts';
import { relayTakesNoRoutes } from './rules/relay-takes-no-routes.ts';
import { routesNameOnePlace } from './rules/routes-name-one-place.ts';
import { wordingFillsKnownPlaceholders } from './rules/wording-fills-known-placeholders.ts';

export const gitlabRules: readonly Rule[] = [
  announceFiltersFit,
  announceFitsGitLab,
  announceListsNameEachOnce,
  announceNamesOneSource,
  announcedRoomsAreKnown,
  announcesAreUnique,
  gitlabHasItsUrl,
  gitlabUrlIsNoPage,
  gitlabUrlOpens,
  peopleAreKnown,
  relayTakesNoRoutes,
  routesNameOnePlace,
  wordingFillsKnownPlaceholders,
];
