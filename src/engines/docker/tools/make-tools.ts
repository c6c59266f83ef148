/** Makes the tools image on the engine, for the engine's own CPU, wherever that is. */
import type { EventSink } from '../../../contracts/event-sink.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { type Architecture, architectureOf, TOOLS_PACKAGES } from '../../../tools-image/architecture.ts';
import { contentReference } from '../../../tools-image/description.ts';
import { imageArchive } from '../../../tools-image/image-archive.ts';
import type { ToolsPackage } from '../../../tools-image/tools-package.ts';
import type { Containers } from '../containers.ts';
import type { OwnTools } from './own-tools.ts';

/** Between two words on how far it is, ms. */
const REPORT_EVERY_MS = 500;

export interface MakeToolsDeps {
  readonly containers: Pick<Containers, 'facts' | 'load'>;
  readonly events: EventSink;
  readonly signal: AbortSignal;
  /** Monotonic, ms. */
  readonly now: () => number;
}

const OTHER_WAYS =
  'or load it there (`chatops-up tools export` on a machine that has npm, then `docker load`), or name one of a registry under `images.tools`';

const cannot = (reference: string, why: string, next: string): ChatopsError =>
  new ChatopsError('IMAGE_MISSING', {
    what: `image ${reference} is not on the engine, and cannot be made there`,
    why,
    next,
  });

const architectureFor = (reference: string, name: string): Architecture => {
  const known = architectureOf(name);
  if (known !== undefined) return known;
  throw cannot(
    reference,
    `the engine runs on ${name}, and there are tools for ${Object.keys(TOOLS_PACKAGES).join(' and ')} alone`,
    'use an engine on one of these',
  );
};

/** The package for the engine's CPU. @throws ChatopsError IMAGE_MISSING, ENGINE_UNAVAILABLE */
export const toolsPackageFor = async (
  { reference, packages }: OwnTools,
  { facts }: Pick<Containers, 'facts'>,
): Promise<ToolsPackage> => {
  const { architecture: name } = await facts();
  const architecture = architectureFor(reference, name);
  const found = packages.find(architecture);
  if (found !== undefined) return found;
  throw cannot(
    reference,
    `the engine runs on ${name}, and the package ${TOOLS_PACKAGES[architecture]} is not installed`,
    `\`${packages.howToAdd(architecture)}\` adds it; ${OTHER_WAYS}`,
  );
};

/** @param nodes services and jobs that want it @throws ChatopsError IMAGE_MISSING; the signal's reason when aborted */
export const makeTools = async (
  own: OwnTools,
  nodes: readonly string[],
  { containers, events, signal, now }: MakeToolsDeps,
): Promise<void> => {
  const { reference } = own;
  const { description, layer } = await toolsPackageFor(own, containers);
  const startedAt = now();
  let reportedAt = startedAt;
  let bytes = 0;
  const report = (state: 'making' | 'made' | 'failed'): void => {
    reportedAt = now();
    const layersThere = state === 'made' ? 1 : 0;
    const progress = { layers: 1, layersThere, bytes, totalBytes: description.size };
    events.emit({ type: 'image', image: reference, nodes, state, progress, tookMs: reportedAt - startedAt });
  };
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of layer()) {
      bytes += chunk.length;
      if (now() - reportedAt >= REPORT_EVERY_MS) report('making');
      yield chunk;
    }
  };
  report('making');
  try {
    await containers.load(imageArchive(description, [reference, contentReference(description)], counted()), signal);
  } catch (thrown) {
    signal.throwIfAborted();
    report('failed');
    throw thrown;
  }
  report('made');
};
