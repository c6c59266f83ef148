/** The tools image by itself: made on the engine, written to a file, shown. */
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createClock } from '../adapters/clock.ts';
import type { EventSink } from '../contracts/event-sink.ts';
import { createContainers } from '../engines/docker/client/docker.ts';
import { dockerEndpoint } from '../engines/docker/client/docker-endpoint.ts';
import { makeTools } from '../engines/docker/tools/make-tools.ts';
import { removeOldTools } from '../engines/docker/tools/old-tools.ts';
import { isCurrent } from '../engines/docker/tools/own-tools.ts';
import { ChatopsError } from '../errors/chatops-error.ts';
import { ARCHITECTURES, type Architecture, TOOLS_PACKAGES } from '../tools-image/architecture.ts';
import { contentOf, contentReference, VERSION_LABEL } from '../tools-image/description.ts';
import { imageArchive } from '../tools-image/image-archive.ts';
import type { ToolsPackage } from '../tools-image/tools-package.ts';
import { ownTools } from './choose-docker.ts';
import type { Invocation } from './invocation.ts';

/** @returns its name, and whether it had to be made @throws ChatopsError ENGINE_UNAVAILABLE, IMAGE_MISSING */
export const buildTools = async (
  { env, signal }: Pick<Invocation, 'env' | 'signal'>,
  events: EventSink,
): Promise<{ readonly image: string; readonly made: boolean }> => {
  const own = ownTools();
  const containers = createContainers(dockerEndpoint(env).options);
  const found = await containers.image(own.reference);
  const made = found === undefined || !isCurrent(own.reference, found, own);
  if (made) {
    await makeTools(own, ['tools'], { containers, events, signal, now: createClock().now });
    await removeOldTools(own.reference, containers);
  }
  return { image: own.reference, made };
};

const packageOf = (architecture: Architecture): ToolsPackage => {
  const { packages } = ownTools();
  const found = packages.find(architecture);
  if (found !== undefined) return found;
  throw new ChatopsError('IMAGE_MISSING', {
    what: `there is nothing here to make the tools image for ${architecture} from`,
    why: `the package ${TOOLS_PACKAGES[architecture]} is not installed`,
    next: `\`${packages.howToAdd(architecture)}\` adds it`,
  });
};

/** Writes an archive that `docker load` reads. @returns the image's name @throws ChatopsError IMAGE_MISSING, DIRECTORY_UNUSABLE */
export const exportTools = async (file: string, architecture: Architecture, signal: AbortSignal): Promise<string> => {
  const { description, layer } = packageOf(architecture);
  const { reference } = ownTools();
  const archive = imageArchive(description, [reference, contentReference(description)], layer());
  try {
    await pipeline(Readable.from(archive), createWriteStream(file), { signal });
  } catch (cause) {
    signal.throwIfAborted();
    throw new ChatopsError('DIRECTORY_UNUSABLE', {
      what: `${file} cannot be written`,
      why: (cause as NodeJS.ErrnoException).code ?? String(cause),
      next: 'name a file in a directory that you may write to',
      cause,
    });
  }
  return reference;
};

export interface ShownTools {
  readonly image: string;
  /** CPU → what is installed for it; undefined when nothing is. */
  readonly installed: Readonly<
    Record<Architecture, { readonly version: string; readonly content: string } | undefined>
  >;
  /** Undefined when the engine has none under that name. */
  readonly onEngine: { readonly version: string; readonly architecture: string; readonly current: boolean } | undefined;
  /** Why the engine could not be asked. */
  readonly engineTrouble?: string;
}

const installedFor = (architecture: Architecture): ShownTools['installed'][Architecture] => {
  const description = ownTools().packages.find(architecture)?.description;
  return description && { version: description.version, content: contentOf(description) };
};

const onEngine = async (env: Invocation['env']): Promise<Pick<ShownTools, 'onEngine' | 'engineTrouble'>> => {
  const own = ownTools();
  try {
    const found = await createContainers(dockerEndpoint(env).options).image(own.reference);
    if (found === undefined) return { onEngine: undefined };
    const { labels, architecture } = found;
    const current = isCurrent(own.reference, found, own);
    return { onEngine: { version: labels[VERSION_LABEL] ?? 'unknown', architecture, current } };
  } catch (thrown) {
    if (!(thrown instanceof ChatopsError)) throw thrown;
    return { onEngine: undefined, engineTrouble: thrown.why ?? thrown.what };
  }
};

export const showTools = async ({ env }: Pick<Invocation, 'env'>): Promise<ShownTools> => ({
  image: ownTools().reference,
  installed: Object.fromEntries(ARCHITECTURES.map((each) => [each, installedFor(each)])) as ShownTools['installed'],
  ...(await onEngine(env)),
});
