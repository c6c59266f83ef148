/** What an engine says of itself, and what one of its age knows. Pure. */

export interface EngineVersion {
  /** For reports: `Docker 26.1.5`, `Docker Desktop 4.34.2`, `Podman 4.3.1`. */
  readonly called: string;
  /** Of the Engine API that it speaks: `1.45`. What it knows is judged by that: Podman counts its versions by itself. */
  readonly api: string;
  /** The kernel that containers run on: `6.1.0-28-amd64`; empty where it does not say. */
  readonly kernel: string;
  /** Containers ask for each other's names at the gateways of their networks, not at Docker's 127.0.0.11. Default false. */
  readonly namesAtGateways?: true;
}

/** What an engine mostly says: it knows all that compose.yaml asks for, and its machine makes nothing necessary. */
export const LIKELY: EngineVersion = { called: 'Docker', api: '1.44', kernel: '' };

interface Version {
  readonly major: number;
  readonly minor: number;
}

/** Of Docker 20.10: has all we ask for. */
const OLDEST: Version = { major: 1, minor: 41 };
/** For messages: what Docker and Podman began to speak it with. */
export const OLDEST_CALLED = 'Docker 20.10 and Podman 4.0';
/** `--health-start-interval`, of Docker 25.0 (docs.docker.com/engine/release-notes/25.0). */
const START_INTERVAL: Version = { major: 1, minor: 44 };

/** Where no number stands, the oldest there is. */
const parse = (text: string): Version => {
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  return { major, minor };
};

const isAtLeast = (text: string, least: Version): boolean => {
  const { major, minor } = parse(text);
  return major > least.major || (major === least.major && minor >= least.minor);
};

export const isNewEnough = ({ api }: EngineVersion): boolean => isAtLeast(api, OLDEST);
export const knowsStartInterval = ({ api }: EngineVersion): boolean => isAtLeast(api, START_INTERVAL);
