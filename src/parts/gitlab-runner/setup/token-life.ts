/** How long a runner's token is still valid, and whether the runner should have renewed it by now. Pure. */

/** A runner renews its token at 0.75 of its life (run:common/consts.go TokenResetIntervalFactor); a twentieth to do it. */
const OVERDUE_SHARE = 0.8;
/** Where nobody knows since when it has been valid. */
const OVERDUE_LEFT_MS = 7 * 24 * 60 * 60_000;

/** ISO 8601 both; `obtainedAt` undefined: unknown, `expiresAt` undefined: never. */
export interface TokenLife {
  readonly obtainedAt: string | undefined;
  readonly expiresAt: string | undefined;
}

/** Two texts of one moment, to the second: that is how exactly config.toml says it. */
export const sameMoment = (one: string | undefined, other: string | undefined): boolean => {
  if (one === undefined || other === undefined) return one === other;
  return Math.floor(Date.parse(one) / 1_000) === Math.floor(Date.parse(other) / 1_000);
};

/** `runner token expires at …` when the runner should have renewed it; undefined while all is well. */
export const overdueRenewal = ({ obtainedAt, expiresAt }: TokenLife, now: Date): string | undefined => {
  if (expiresAt === undefined) return undefined;
  const end = Date.parse(expiresAt);
  const start = obtainedAt === undefined ? undefined : Date.parse(obtainedAt);
  const due = start === undefined ? end - OVERDUE_LEFT_MS : start + OVERDUE_SHARE * (end - start);
  if (now.getTime() < due) return undefined;
  return `its token expires at ${expiresAt} and the runner has not renewed it`;
};
