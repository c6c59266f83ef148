/**
 * The restriction of a workspace without a licence: read-only until the vendor's collector has answered, and again ten
 * days after its last answer (RocketChat/Rocket.Chat:ee/packages/license/src/AirGappedRestriction.ts,
 * apps/meteor/server/cron/usageReport.ts). Incoming webhooks are not asked.
 */
import type { SimulatedTime } from '../kit/simulated-time.ts';
import { plain } from './api-error.ts';
import { REMAINING_DAYS } from './setting-defaults.ts';
import type { Settings } from './settings.ts';
import type { State } from './state.ts';

const RESTRICTED = 'restricted-workspace';

const DAY_MS = 86_400_000;
/** Without notice, and then with a warning. */
const DAYS_WITHOUT_REPORT = 3 + 7;
/** Simulated: until the collector has answered, or its answer is given up. */
const COLLECTOR_MS = 10_000;
const LAST_REPORT = 'collectorAnsweredAt';

export interface AirGap {
  /** What a start does: computes at once by a report of the last 24 hours or a licence, else after it has reported. */
  begin(): void;
  end(): void;
  restricted(): boolean;
}

export interface AirGapOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly time: SimulatedTime;
  readonly state: State;
  readonly settings: Settings;
}

/** `ROCKETCHAT_STANDIN_INTERNET`: `no` keeps the collector out of reach, as the vendor's own switch does. */
const reports = ({ ROCKETCHAT_STANDIN_INTERNET, RC_DISABLE_STATISTICS_REPORTING }: AirGapOptions['env']): boolean =>
  ROCKETCHAT_STANDIN_INTERNET !== 'no' && RC_DISABLE_STATISTICS_REPORTING?.toLowerCase() !== 'true';

export const createAirGap = ({ env, time, state, settings }: AirGapOptions): AirGap => {
  let restricted = true;
  let cancel: () => void = () => undefined;
  const lastReport = (): number | undefined => {
    const at = Number(state.facts.get(LAST_REPORT));
    return at > 0 ? at : undefined;
  };
  const show = (days: number): void => {
    restricted = days === 0;
    settings.set(REMAINING_DAYS, days);
  };
  const compute = (): void => {
    const at = lastReport();
    const daysAgo = at === undefined ? DAYS_WITHOUT_REPORT : Math.max(0, Math.floor((time.now() - at) / DAY_MS));
    show(Math.max(0, DAYS_WITHOUT_REPORT - daysAgo));
  };
  const report = (): void => {
    if (reports(env)) state.facts.put(LAST_REPORT, String(Math.round(time.now())));
    compute();
  };
  return {
    begin: () => {
      if ((env.ROCKETCHAT_LICENSE ?? '') !== '') return show(-1);
      const at = lastReport();
      if (at !== undefined && time.now() - at < DAY_MS) return compute();
      const waits = Number(env.ROCKETCHAT_STANDIN_COLLECTOR_MS ?? COLLECTOR_MS);
      cancel = time.after(waits, report);
    },
    end: () => cancel(),
    restricted: () => restricted,
  };
};

/** What the vendor wraps: posting, sending, changing and uploading. @throws ApiError without a code */
export const demandUnrestricted = (airGap: AirGap): void => {
  if (airGap.restricted()) throw plain(RESTRICTED);
};
