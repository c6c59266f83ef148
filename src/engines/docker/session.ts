/** One run over the containers of a stack. */
import type { EngineSession, ObservedService } from '../../contracts/engine.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { createInside } from '../../prober/inside.ts';
import type { Stack } from '../../stack/stack.ts';
import { compareWith } from './comparison.ts';
import type { ComposeProject } from './compose.ts';
import type { ContainerFacts } from './containers.ts';
import { createCreation } from './creation.ts';
import { createDiagnose } from './diagnosis/diagnose.ts';
import { createRecognise } from './diagnosis/recognise.ts';
import { createEnds } from './ends.ts';
import { runJobContainer } from './job-container.ts';
import { createNetworkView } from './network-view.ts';
import type { DockerEngineOptions } from './options.ts';
import { createProberId, PROBER } from './prober.ts';
import { publishedOrByName } from './published-or-by-name.ts';
import { fetchImagesBeside } from './pull/images-beside.ts';
import { missingImages } from './pull/missing-images.ts';
import { pullImages } from './pull/pull-images.ts';
import type { Roster } from './roster.ts';
import { makeTools } from './tools/make-tools.ts';
import { removeOldTools } from './tools/old-tools.ts';
import { isCurrent } from './tools/own-tools.ts';

/** A container that only runs to its end: a job's, or the one that fills the volume of tools. */
const isOneShot = ({ command, oneOff }: ContainerFacts): boolean =>
  oneOff || command[0] === 'job' || command[0] === 'install';

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
  const { compose, containers, redact, tools } = options;
  const jobs = new Map(stack.nodes.flatMap((node) => (node.kind === 'job' ? [[node.name, node.job] as const] : [])));
  const started = new Set<string>();
  const letGo = new AbortController();
  const seen = await roster.all();
  const comparison = await compareWith(
    project,
    seen,
    containers,
    (reference, facts) => isCurrent(reference, facts, tools),
    options.proxies?.given,
  );
  const ends = createEnds(stack.name, containers, letGo.signal);
  const created = createCreation({
    ...{ name: stack.name, text, project, roster, comparison, ends, containers, compose, redact },
    replaced: () => removeOldTools(stack.toolsImage, containers),
    letGo: letGo.signal,
  });

  const inside = createInside({
    hold: containers.hold,
    jobs,
    givenTo: (name) => {
      const service = project.services[name];
      return service && { environment: service.environment, targets: service.volumes.map(({ target }) => target) };
    },
    runJob: (name, report, asked) => runJobContainer({ containers, name: stack.name, project }, name, report, asked),
    files: options.jobFiles(stack),
    prepared: async (signal) => (await created(signal)).filled,
    proberId: createProberId(roster, () => started.has(PROBER)),
  });
  // The one that stays is connected to while the rest is still looked at.
  if (comparison.isAsWanted(PROBER, seen)) inside.prepare();

  const idOf = async (name: string): Promise<string | undefined> => (await roster.find(name))?.id;
  const { diagnose, isHopeless } = createDiagnose({
    ...{ stack, containers, idOf, redact },
    endsOf: ends.of,
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
  const observedOf = (container: ContainerFacts): ObservedService => {
    const { service: name, state, healthcheck } = container;
    const usable = comparison.isAsWanted(name, [container]) ? undefined : options.askedBy(healthcheck);
    return {
      name,
      running: state === 'running',
      fingerprint: comparison.observed(container),
      ...(usable === undefined ? {} : { usable }),
    };
  };

  return {
    addresses: publishedOrByName(stack, options.host),
    inside,
    network: createNetworkView({ containers, roster, project }),
    fingerprint: ({ name }) => comparison.wanted(name).fingerprint,
    observe: async () => {
      const services = (await roster.all()).filter((each) => !isOneShot(each) && !jobs.has(each.service));
      return new Map(services.map((container) => [container.service, observedOf(container)]));
    },
    prepare: async (events, signal) => {
      const missing = missingImages(project, comparison.images, stack);
      const deps = { containers, events, signal, now: options.now };
      if (missing.length > 0) {
        const own = missing.find(({ image }) => image === tools.reference);
        if (own) await makeTools(tools, own.nodes, deps);
        await pullImages(
          missing.filter((each) => each !== own),
          deps,
        );
        await comparison.learn(missing.map(({ image }) => image));
      }
      await fetchImagesBeside(stack.nodes, deps);
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
      await inside.close();
    },
  };
};
