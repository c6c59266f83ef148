import type { MongoClient } from 'mongodb';
import { monotonicMs, pauseReal, wallClockMs } from '../kit/real-time.ts';
import type { SimulatedTime } from '../kit/simulated-time.ts';
import { checkMongo, type Lookup, parseMongoUrl } from './mongo-check.ts';
import type { VersionTraits } from './version.ts';

/** Simulated: bundles, migrations, indexes; much less once the database holds them. */
const FIRST_BOOT_MS = 20_000;
const LATER_BOOT_MS = 8_000;

/** The driver's own limit, after which the real server exits (#22901, #23600). */
const SELECTION_LIMIT_MS = 30_000;
/** At least this long in real time, so that a busy machine is not taken for a missing database. */
const REAL_LIMIT_MS = 5_000;
const RETRY_REAL_MS = 20;

/** Simulated: how long the port stays open with a MongoDB that is too old. */
const TOO_OLD_MS = 2_000;

export interface BootOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly traits: VersionTraits;
  readonly time: SimulatedTime;
  readonly lookup: Lookup;
  readonly isFirst: boolean;
  readonly signal: AbortSignal;
  /** Opens the port. */
  readonly open: (client: MongoClient) => Promise<void>;
  /** Ends the process, as a container would. */
  readonly crash: (reason: string) => void;
}

type Found = { readonly client: MongoClient; readonly maxWireVersion: number } | { readonly reason: string };

const findPrimary = async ({ env, time, lookup, signal }: BootOptions): Promise<Found> => {
  const url = env.MONGO_URL ?? 'mongodb://mongo:27017/rocketchat';
  const limitMs = Math.max(SELECTION_LIMIT_MS / time.speed, REAL_LIMIT_MS);
  const startedAt = monotonicMs();
  for (;;) {
    const verdict = await checkMongo(url, lookup);
    if (verdict.kind === 'ready') return verdict;
    if (verdict.kind === 'never') return { reason: verdict.reason };
    if (signal.aborted) return { reason: 'stopped' };
    if (monotonicMs() - startedAt > limitMs)
      return { reason: `MongoServerSelectionError: Server selection timed out after 30000 ms: ${verdict.reason}` };
    await pauseReal(RETRY_REAL_MS);
  }
};

/** The server's own mark in its database: a PRIMARY that takes no write would be found out here. */
const writeMark = async ({ env, traits }: BootOptions, client: MongoClient): Promise<void> => {
  const { database } = parseMongoUrl(env.MONGO_URL ?? 'mongodb://mongo:27017/rocketchat');
  await client
    .db(database)
    .collection<{ _id: string; version: string }>('migrations')
    .insertOne(
      { _id: `stand-in ${traits.full} ${wallClockMs()}`, version: traits.full },
      { writeConcern: { w: 'majority' } },
    );
};

const after = (time: SimulatedTime, ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const cancel = time.after(ms, done);
    signal.addEventListener('abort', () => {
      cancel();
      done();
    });
  });

/**
 * One start, from nothing to an open port or a crash. Until the port opens, connections are refused: there is no
 * phase that answers 503. The write is made at a first boot only, so that a quiet second run stays quiet.
 */
export const boot = async (options: BootOptions): Promise<void> => {
  const { traits, time, signal, crash } = options;
  const booted = after(time, options.isFirst ? FIRST_BOOT_MS : LATER_BOOT_MS, signal);
  const found = await findPrimary(options);
  if (signal.aborted) return void ('client' in found && (await found.client.close()));
  if ('reason' in found) return crash(found.reason);
  try {
    if (options.isFirst) await writeMark(options, found.client);
  } catch (thrown) {
    await found.client.close();
    return crash(thrown instanceof Error ? thrown.message : String(thrown));
  }
  await booted;
  if (signal.aborted) return void (await found.client.close());
  await options.open(found.client);
  const isTooOld = found.maxWireVersion < traits.minWireVersion && options.env.BYPASS_MONGO_VALIDATION !== 'true';
  if (isTooOld)
    time.after(TOO_OLD_MS, () =>
      crash(`MongoDB is too old for Rocket.Chat ${traits.full}: wire version ${found.maxWireVersion}`),
    );
};
