/**
 * A runner gets itself a new token at three quarters of the life of its old one, and writes its file anew with it
 * (run:commands/multi.go nextRunnerToReset, resetOneRunnerToken; common/consts.go TokenResetIntervalFactor). A block
 * that does not say when its token expires is passed over.
 */
import { parse, stringify, type TomlTable } from 'smol-toml';
import type { RunnerBlock } from './config-file.ts';
import type { GitLabApi } from './gitlab-api.ts';

const SHARE = 0.75;
const NEVER = '0001-01-01T00:00:00Z';
/** Go's zero time where nothing was said: more than a life ago, so such a token is renewed at once. */
const GO_ZERO = Date.parse(NEVER);

export const isDue = ({ obtainedAt = GO_ZERO, expiresAt }: RunnerBlock, now: number): boolean =>
  expiresAt !== undefined && now >= obtainedAt + SHARE * (expiresAt - obtainedAt);

/** What the real one writes where nothing was said (recorded: runner-config-after-register.toml). */
const filledIn = (file: TomlTable): TomlTable => ({
  shutdown_timeout: 0,
  connection_max_age: '15m0s',
  session_server: { session_timeout: 1_800 },
  ...file,
});

/** The real one marshals what it has read: layout and comments go, a duration of `2m` becomes `2m0s`. */
const saved = (block: TomlTable, renewed: TomlTable): TomlTable => ({
  ...block,
  ...(block.unhealthy_interval === '2m' ? { unhealthy_interval: '2m0s' } : {}),
  ...renewed,
  custom_build_dir: {},
  cache: { MaxUploadedArchiveSize: 0, s3: {}, gcs: {}, azure: {} },
});

const tomlTime = (moment: Date): string => moment.toISOString().replace(/\.\d+Z$/, 'Z');

/** Moments as TOML's own, which `stringify` has no way to write at this precision. */
const withMoments = (text: string): string => text.replace(/^(token_\w+_at) = "([^"]+)"$/gm, '$1 = $2');

/** What a renewal came to. */
export interface Renewed {
  readonly token: string;
  /** Simulated ms. */
  readonly obtainedAt: number;
  /** ISO 8601; null: never. */
  readonly expiresAt: string | null;
}

/** Undefined where GitLab refuses: the old token goes on as long as it is valid. */
export const renewToken = async (api: GitLabApi, runner: RunnerBlock, now: number): Promise<Renewed | undefined> => {
  const answer = await api.ask({
    method: 'POST',
    url: `${runner.url}/api/v4/runners/reset_authentication_token`,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify({ token: runner.token }),
  });
  if (answer?.status !== 201) return undefined;
  const { token, token_expires_at } = JSON.parse(answer.body) as { token: string; token_expires_at: string | null };
  return { token, obtainedAt: now, expiresAt: token_expires_at };
};

/** @param text of config.toml as it stands now @returns the file with the new token in the block of the old one */
export const renewedFile = (text: string, old: string, { token, obtainedAt, expiresAt }: Renewed): string => {
  const file = parse(text);
  const blocks = (Array.isArray(file.runners) ? file.runners : []) as TomlTable[];
  const renewed = {
    token,
    token_obtained_at: tomlTime(new Date(obtainedAt)),
    token_expires_at: expiresAt === null ? NEVER : tomlTime(new Date(expiresAt)),
  };
  const runners = blocks.map((block) => (block.token === old ? saved(block, renewed) : block));
  return withMoments(stringify({ ...filledIn(file), runners }));
};
