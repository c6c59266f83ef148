/** One run over the containers of a stack. */

import type { Addresses } from '../../contracts/addresses.ts';
import type { EngineSession, Fingerprint, ObservedService } from '../../contracts/engine.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { createInside } from '../../prober/inside.ts';
import type { ServiceNode, Stack } from '../../stack/stack.ts';
import type { ComposeProject } from './compose.ts';
import type { ContainerFacts, ImageFacts } from './containers.ts';
import { createDiagnose } from './diagnosis/diagnose.ts';
import { createRecognise } from './diagnosis/recognise.ts';
import { createEnds } from './ends.ts';
import { observedOf, type Wanted, wantedOf } from './fingerprint.ts';
import { runJobContainer } from './job-container.ts';
import { createNetworkView } from './network-view.ts';
import type { DockerEngineOptions } from './options.ts';
import { missingImages } from './pull/missing-images.ts';
import { pullImages } from './pull/pull-images.ts';
import type { Roster } from './roster.ts';

/** The one-shot service that fills the volume of tools. */
const TOOLS = 'tools';
const PROBER = 'prober';
const LINES = 10;

/** From this machine only published ports are reached. The rest is asked from inside, by its name there. */
const publishedOrByName = (stack: Stack, host: string): Addresses => ({
  resolve: ({ service, port }) => {
    const node = stack.nodes.find((each) => each.kind === 'service' && each.name === service);
    const published = node?.kind === 'service' ? node.container.publishes[port] : undefined;
    return published === undefined ? { host: service, port } : { host, port: published };
  },
});

/** A container that only runs to its end: a job's, or the one that fills the volume of tools. */
const isOneShot = ({ command, oneOff }: ContainerFacts): boolean =>
  oneOff || command[0] === 'job' || command[0] === 'install';

interface Created {
  /** Settled when the volume of tools is filled. */
  readonly filled: Promise<void>;
}

/** For good: one that the engine starts again is `restarting` meanwhile. */
const hasEnded = ({ state }: ContainerFacts): boolean => state === 'exited' || state === 'dead';

const proberEnded = ({ exitCode }: ContainerFacts): ChatopsError =>
  new ChatopsError('GATE_FAILED', {
    what: 'nothing can be asked any more: the prober has ended',
    why: `its container ended with ${exitCode}, and the engine does not start it again`,
    next: 'run the command again: it starts the prober first',
  });

const readImages = async (
  references: readonly string[],
  { containers }: DockerEngineOptions,
): Promise<Map<string, ImageFacts>> => {
  const found = await Promise.all(
    [...new Set(references)].map(async (reference) => [reference, await containers.image(reference)] as const),
  );
  return new Map(found.flatMap(([reference, image]) => (image ? [[reference, image] as const] : [])));
};

export interface SessionBeginning {
  /** compose.yaml, as the engine can take it. */
  readonly text: string;
  /** What Compose makes of it. */
  readonly project: ComposeProject;
  readonly roster: Roster;
}

export const createSession = async (
  stack: Stack,
  { text, project, roster }: SessionBeginning,
  options: DockerEngineOptions,
): Promise<EngineSession> => {
  const { compose, containers, redact } = options;
  const watches = new Set<AbortController>();
  const seen = await roster.all();
  const jobs = new Map(stack.nodes.flatMap((node) => (node.kind === 'job' ? [[node.name, node.job] as const] : [])));
  const started = new Set<string>();
  const letGo = new AbortController();
  const ends = createEnds(stack.name, containers, letGo.signal);

  /** A signal of its own for everything that is waited for until the session ends. */
  const aWatch = (): AbortSignal => {
    const watch = new AbortController();
    watches.add(watch);
    return watch.signal;
  };

  const images = await readImages(
    [...Object.values(project.services).map(({ image }) => image), ...seen.map(({ imageId }) => imageId)],
    options,
  );
  const wanted = (name: string): Wanted => wantedOf(name, project, images.get(project.services[name]?.image ?? ''));
  const observed = (container: ContainerFacts): Fingerprint =>
    observedOf(
      container,
      images.get(container.imageId),
      project.services[container.service] ? wanted(container.service) : undefined,
    );

  const isAsWanted = (name: string, all: readonly ContainerFacts[]): boolean => {
    const found = all.find(({ service, oneOff }) => service === name && !oneOff);
    return found !== undefined && JSON.stringify(observed(found)) === JSON.stringify(wanted(name).fingerprint);
  };

  /** Containers of a job whose run was killed may still be at work; nothing may work beside them. */
  const removeLeftOvers = async (all: readonly ContainerFacts[]): Promise<void> => {
    await Promise.all(all.filter(({ oneOff }) => oneOff).map(({ id }) => containers.remove(id)));
  };

  const fillTools = async (): Promise<void> => {
    const tools = await roster.find(TOOLS);
    if (!tools) throw new ChatopsError('INTERNAL', { what: `compose.yaml has no ${TOOLS}` });
    if (tools.state === 'exited' && tools.exitCode === 0) return;
    const end = containers.nextExit(tools.id, aWatch());
    end.catch(() => undefined);
    await containers.start(tools.id);
    const { exitCode } = await end;
    if (exitCode === 0) return;
    throw new ChatopsError('SERVICE_FAILED', {
      what: 'the volume of tools could not be filled',
      why: redact(await containers.lastLines(tools.id, LINES)),
    });
  };

  const create = async (signal: AbortSignal): Promise<Created> => {
    const before = await roster.all();
    await removeLeftOvers(before);
    const differing = Object.keys(project.services).filter((name) => !isAsWanted(name, before));
    if (differing.length > 0) {
      await compose.create(text, differing, signal);
      await roster.renew();
    }
    await ends.follow();
    const filled = fillTools();
    filled.catch(() => undefined);
    return { filled };
  };
  let creating: Promise<Created> | undefined;
  /** Once in a session, however many ask for it. */
  const created = (signal: AbortSignal): Promise<Created> => {
    creating ??= create(signal);
    return creating;
  };

  let wasAsked = false;
  /** Looked for again when it was asked before: then what is known of it does not hold. One never started is started by us. */
  const findProber = async (): Promise<ContainerFacts | undefined> => {
    const known = await roster.find(PROBER);
    if (known === undefined || known.state === 'created') return undefined;
    if (wasAsked) await roster.renew();
    wasAsked = true;
    return roster.find(PROBER);
  };
  const inside = createInside({
    hold: containers.hold,
    jobs,
    givenTo: (name) => {
      const service = project.services[name];
      return service && { environment: service.environment, targets: service.volumes.map(({ target }) => target) };
    },
    runJob: (name, tell, asked) => runJobContainer({ containers, name: stack.name, project }, name, tell, asked),
    files: options.jobFiles(stack),
    prepared: async (signal) => (await created(signal)).filled,
    proberId: async () => {
      const prober = await findProber();
      if (prober && started.has(PROBER) && hasEnded(prober)) throw proberEnded(prober);
      return prober?.state === 'running' ? prober.id : undefined;
    },
  });
  // The one that stays is connected to while the rest is still looked at.
  if (isAsWanted(PROBER, seen)) inside.prepare();

  const idOf = async (name: string): Promise<string | undefined> => (await roster.find(name))?.id;
  const { diagnose, isHopeless } = createDiagnose({
    stack,
    containers,
    idOf,
    endsOf: ends.of,
    redact,
    recognise: createRecognise(options.causes),
  });

  const run = async (name: string): Promise<boolean> => {
    const container = await roster.find(name);
    if (!container) return false;
    await roster.start(container);
    started.add(name);
    return true;
  };

  /** One that is to be replaced is asked what it was made for: the new question may be one it can never answer. */
  const lastAsked = (container: ContainerFacts): Pick<ObservedService, 'ready'> => {
    const ready = isAsWanted(container.service, [container]) ? undefined : options.askedBy(container.healthcheck);
    return ready === undefined ? {} : { ready };
  };

  return {
    addresses: publishedOrByName(stack, options.host),
    inside,
    network: createNetworkView({ containers, roster, project }),
    fingerprint: ({ name }: ServiceNode) => wanted(name).fingerprint,
    observe: async () => {
      const services = (await roster.all()).filter((each) => !isOneShot(each) && !jobs.has(each.service));
      return new Map(
        services.map((container): [string, ObservedService] => [
          container.service,
          {
            name: container.service,
            running: container.state === 'running',
            fingerprint: observed(container),
            ...lastAsked(container),
          },
        ]),
      );
    },
    prepare: async (events, signal) => {
      const missing = missingImages(project, images, stack);
      if (missing.length === 0) return;
      await pullImages(missing, { containers, events, signal, now: options.now });
      for (const [reference, image] of await readImages(
        missing.map(({ image }) => image),
        options,
      )) {
        images.set(reference, image);
      }
    },
    start: async ({ name }, signal) => {
      const { filled } = await created(signal);
      // Only HEALTHCHECKs read the volume of tools: nobody starts later for it.
      if (await run(name)) return filled;
      throw new ChatopsError('INTERNAL', { what: `Compose made no container for ${name}` });
    },
    wake: async (name, purpose) => {
      const container = await roster.find(name);
      if (!container) return false;
      if (container.state === 'running') return true;
      return purpose === 'run' ? run(name) : false;
    },
    remove: async (name) => {
      const all = await roster.renew();
      await Promise.all(all.filter(({ service }) => service === name).map(({ id }) => containers.remove(id)));
    },
    crashed: async (name) => {
      try {
        await ends.follow();
        const id = await idOf(name);
        if (id !== undefined) return await ends.givenUp(id, (end) => isHopeless(name, end));
      } catch {
        // The engine cannot tell; the gate has its deadline.
      }
      return new Promise<string>(() => undefined);
    },
    diagnose,
    played: () => [...started].sort().map((service) => ({ service, by: 'container' as const })),
    close: async () => {
      letGo.abort();
      for (const watch of watches) watch.abort();
      await inside.close();
    },
  };
};
