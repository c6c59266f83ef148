/** Whether a room wants what there is to announce. Pure. */

import { fits } from '../../values/wildcard.ts';
import type { Description, Topic } from './event.ts';
import type { Settings } from './settings.ts';

const isWantedTopic = ({ events }: Settings, topic: Topic): boolean => events === undefined || events.includes(topic);

const isWantedBranch = ({ branches }: Settings, branch: string | undefined): boolean =>
  branches === undefined || branch === undefined || branches.some((pattern) => fits(pattern, branch));

const isWantedOutcome = (settings: Settings, { outcome }: Description, recovered: boolean): boolean => {
  if (outcome === undefined || outcome === 'asks') return true;
  if (outcome === 'intermediate') return settings.intermediate === true && settings.loud !== 'failures';
  return settings.loud !== 'failures' || outcome === 'failed' || recovered;
};

export const isWanted = (settings: Settings, topic: Topic, described: Description, recovered: boolean): boolean =>
  isWantedTopic(settings, topic) &&
  isWantedBranch(settings, described.branch) &&
  isWantedOutcome(settings, described, recovered);
