/** Fetches the images that are not here, all at once, and reports how far each is. */

import type { EventSink } from '../../../contracts/event-sink.ts';
import { ChatopsError, toChatopsError } from '../../../errors/chatops-error.ts';
import type { Containers } from '../containers.ts';
import { type Layers, progressOf, withStep } from './progress.ts';
import { HUB_CALLED, readRefusal, registryCalled } from './refusal.ts';

/** An image is reported this often at most, ms. */
const REPORT_EVERY_MS = 500;

export interface MissingImage {
  readonly image: string;
  /** Services and jobs that want it. */
  readonly nodes: readonly string[];
  /** Where chatops.yaml names it, e.g. `images.wiki`; undefined when that is not known. */
  readonly writtenAt: string | undefined;
}

export interface PullDeps {
  readonly containers: Pick<Containers, 'pull'>;
  readonly events: EventSink;
  readonly signal: AbortSignal;
  /** Monotonic, ms. */
  readonly now: () => number;
  /** What else to do where one cannot be had, a line each. Default: of a run that wanted to make containers. */
  readonly waysOn?: readonly string[];
}

interface Failure extends MissingImage {
  readonly error: ChatopsError;
}

const remedy = ({ image, writtenAt, error }: Failure): string => {
  const known = readRefusal(image, error.why ?? '');
  return [
    ...(known ? [known.next] : []),
    `its name stands ${writtenAt === undefined ? 'under `images:`' : `at \`${writtenAt}\``} in chatops.yaml`,
  ].join('; ');
};

/** Without a host of its own, a name is looked for at Docker Hub. */
const withoutHost = (image: string): string =>
  image.split('/').length > 1 && registryCalled(image) !== HUB_CALLED ? image.slice(image.indexOf('/') + 1) : image;

/** The two ways on, whatever the reason: the same image from elsewhere, or no real servers. */
const waysOn = (failures: readonly Failure[]): readonly string[] => {
  const [{ image, writtenAt = 'images' }] = failures as readonly [Failure];
  return [
    `a mirror that the engine reaches will do: \`chatops-up up --set ${writtenAt}=MIRROR/${withoutHost(image)}\` takes the image from there`,
    'or rehearse with stand-ins instead of real servers: `chatops-up up --engine embedded`',
    'no container was made; correct it and run `chatops-up up` again',
  ];
};

/** `Docker Hub`, `Docker Hub and quay.io`. */
const registriesOf = (failures: readonly Failure[]): string =>
  [...new Set(failures.map(({ image }) => registryCalled(image)))].join(' and ');

const reason = ({ image, nodes, error }: Failure): string => {
  const known = readRefusal(image, error.why ?? '');
  return `${image}, for ${nodes.join(', ')}: ${error.why ?? ''}${known ? `\n  most likely: ${known.what}` : ''}`;
};

/** @param ways undefined in a run that wants to make containers: it fetches only what is not there */
const combined = (failures: readonly Failure[], ways: readonly string[] | undefined): ChatopsError => {
  const which = failures.length === 1 ? `image ${failures[0]?.image}` : `${failures.length} images`;
  const isMissing = failures.length === 1 ? 'is not here and ' : 'are not here and ';
  return new ChatopsError('IMAGE_MISSING', {
    what: `${which} ${ways === undefined ? isMissing : ''}cannot be fetched from ${registriesOf(failures)}`,
    why: failures.map(reason).join('\n'),
    next: [
      ...failures.map((failure) => (failures.length === 1 ? remedy(failure) : `${failure.image}: ${remedy(failure)}`)),
      ...(ways ?? waysOn(failures)),
    ].join('\n'),
  });
};

/**
 * Fetches one, and reports how far it is, but not that it failed.
 * @returns the digest that its registry gave for it; undefined where the engine does not report it
 * @throws ChatopsError IMAGE_MISSING in the engine's words, the signal's reason when aborted
 */
export const fetchImage = async (
  { image, nodes }: Pick<MissingImage, 'image' | 'nodes'>,
  { containers, events, signal, now }: PullDeps,
  onStep: () => void = () => undefined,
): Promise<string | undefined> => {
  const startedAt = now();
  let layers: Layers = new Map();
  let reportedAt = startedAt;
  const report = (state: 'pulling' | 'pulled'): void => {
    reportedAt = now();
    events.emit({ type: 'image', image, nodes, state, progress: progressOf(layers), tookMs: reportedAt - startedAt });
  };
  report('pulling');
  const digest = await containers.pull(
    image,
    (step) => {
      layers = withStep(layers, step);
      onStep();
      if (now() - reportedAt >= REPORT_EVERY_MS) report('pulling');
    },
    signal,
  );
  report('pulled');
  return digest;
};

/**
 * @returns image → the digest that its registry gave for it, as far as the engine reports it
 * @throws ChatopsError IMAGE_MISSING once, with every image that cannot be had; the signal's reason when aborted
 */
export const pullImages = async (
  missing: readonly MissingImage[],
  deps: PullDeps,
): Promise<ReadonlyMap<string, string>> => {
  const { events, signal, now } = deps;
  /** Aborted for those alone whose registry has answered: the others may still turn out to be refused too. */
  const giveUp = new AbortController();
  const failures: Failure[] = [];
  const digests = new Map<string, string>();

  const pullOne = async (wanted: MissingImage): Promise<void> => {
    const { image, nodes } = wanted;
    const startedAt = now();
    const stop = new AbortController();
    const own = { ...deps, signal: AbortSignal.any([stop.signal, signal]) };
    try {
      const digest = await fetchImage(wanted, own, () => {
        if (giveUp.signal.aborted) stop.abort();
      });
      if (digest !== undefined) digests.set(image, digest);
    } catch (thrown) {
      signal.throwIfAborted();
      if (stop.signal.aborted) return;
      const tookMs = now() - startedAt;
      events.emit({ type: 'image', image, nodes, state: 'failed', progress: progressOf(new Map()), tookMs });
      failures.push({ ...wanted, error: toChatopsError(thrown) });
      giveUp.abort();
    }
  };

  await Promise.all(missing.map(pullOne));
  if (failures.length > 0) throw combined(failures, deps.waysOn);
  return digests;
};
