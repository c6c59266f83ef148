/** What an engine of a version knows. Pure. */

interface Version {
  readonly major: number;
  readonly minor: number;
}

/** Has all we ask for: Engine API 1.41. */
export const OLDEST: Version = { major: 20, minor: 10 };
/** `--health-start-interval`, Engine API 1.44 (docs.docker.com/engine/release-notes/25.0). */
const START_INTERVAL: Version = { major: 25, minor: 0 };

/** `20.10.24+dfsg1`, `26.1.5`, `28.0.0-rc.1`; where no number stands, the oldest there is. */
const parse = (text: string): Version => {
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return { major, minor };
};

const isAtLeast = (text: string, least: Version): boolean => {
  const { major, minor } = parse(text);
  return major > least.major || (major === least.major && minor >= least.minor);
};

export const isNewEnough = (version: string): boolean => isAtLeast(version, OLDEST);
export const knowsStartInterval = (version: string): boolean => isAtLeast(version, START_INTERVAL);
