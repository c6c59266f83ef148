/** What is said of a hook that GitLab has switched off: until when, since when and why. Pure. */
import { type HookDelivery, type SwitchedOff, wasAnswered } from '../../contracts/forge.ts';

/** GitLab counts a redirect as delivered (gl:app/models/concerns/web_hooks/auto_disabling.rb). */
const wasDelivered = ({ responseStatus }: HookDelivery): boolean => /^[23]\d\d$/.test(responseStatus);

/** `2026-11-29 08:20 UTC`; undefined for what is no time. */
const minute = (iso: string | undefined): string | undefined => {
  const at = Date.parse(iso ?? '');
  return Number.isNaN(at) ? undefined : `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
};

const forHowLong = ({ forGood, until }: SwitchedOff): string => {
  if (forGood) return ' for good';
  const end = minute(until);
  return end === undefined ? ' for a while' : ` until ${end}`;
};

const answerOf = (delivery: HookDelivery): string =>
  wasAnswered(delivery) ? `was answered with ${delivery.responseStatus}` : 'did not reach it';

/** `until 2026-11-29 08:20 UTC` and the like, with its space before. @param deliveries newest first; none where there is no log */
export const switchedOff = (off: SwitchedOff, deliveries: readonly HookDelivery[] = []): string => {
  const firstTaken = deliveries.findIndex(wasDelivered);
  const failed = firstTaken === -1 ? deliveries : deliveries.slice(0, firstTaken);
  const [newest] = failed;
  const span = `GitLab has switched it off${forHowLong(off)}`;
  if (newest === undefined) return `${span} after failed deliveries`;
  const since = minute(failed.findLast(({ answeredAt }) => answeredAt !== undefined)?.answeredAt);
  const many = failed.length === 1 ? 'its last delivery failed' : `its last ${failed.length} deliveries failed`;
  return `${span}: ${many}${since === undefined ? '' : `, since ${since}`}, and the newest ${answerOf(newest)}`;
};
