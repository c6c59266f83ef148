/** One run over the containers of a stack. */
import type { EngineSession } from '../../contracts/engine.ts';
import { createInside } from '../../prober/inside.ts';
import type { Stack } from '../../stack/stack.ts';
import { compareWith } from './comparison.ts';
import type { ComposeProject } from './compose.ts';
import type { Containers } from './containers.ts';
import { createCreation } from './creation.ts';
import { createDiagnose } from './diagnosis/diagnose.ts';
import { createRecognise } from './diagnosis/recognise.ts';
import type { EarlyProber } from './early-prober.ts';
import { createEnds } from './ends.ts';
import { runJobContainer } from './job-container.ts';
import { createLives } from './lives.ts';
import { createNetworkView } from './network-view.ts';
import type { DockerEngineOptions } from './options.ts';
import { prepareImages } from './prepare-images.ts';
import { beginIn, createProberId, PROBER } from './prober.ts';
import { createProberApart } from './prober-apart.ts';
import { publishedOrByName } from './published-or-by-name.ts';
import type { Roster } from './roster.ts';
import { removeOldTools } from './tools/old-tools.ts';
import { isCurrent } from './tools/own-tools.ts';

export interface SessionBeginning {
  /** compose.yaml, as the engine can take it. */
  readonly text: string;
  /** What Compose makes of it. */
  readonly project: ComposeProject;
  readonly roster: Roster;
  readonly early: EarlyProber;
  /** What the engine had when it was last asked, a moment ago. */
  readonly image: Containers['image'];
}

export const createSession = async (
  stack: Stack,
  { text, project, roster, early, image }: SessionBeginning,
  options: DockerEngineOptions,
): Promise<EngineSession> => {
  const { compose, containers, redact, tools } = options;
  const jobs = new Map(stack.nodes.flatMap((node) => (node.kind === 'job' ? [[node.name, node.job] as const] : [])));
  const letGo = new AbortController();
  const seen = await roster.all();
  const comparison = await compareWith(
    project,
    seen,
    { image: containers.image, atFirst: image },
    (reference, facts) => isCurrent(reference, facts, tools),
    options.proxies?.given,
  );
  const ends = createEnds(stack.name, containers, letGo.signal);
  const created = createCreation({
    ...{ name: stack.name, text, project, roster, comparison, ends, containers, compose, redact },
    replaced: () => removeOldTools(stack.toolsImage, containers),
    letGo: letGo.signal,
  });
  const { diagnose, isHopeless } = createDiagnose({
    ...{ stack, containers, redact },
    idOf: async (name) => (await roster.find(name))?.id,
    endsOf: ends.of,
    recognise: createRecognise(options.causes),
  });
  const { askedBy } = options;
  const isJob = (name: string): boolean => jobs.has(name);
  const lives = createLives({ roster, comparison, containers, ends, created, isHopeless, askedBy, isJob });

  const inside = createInside({
    begin: beginIn(
      containers,
      createProberId(roster, () => lives.started.has(PROBER)),
      early,
    ),
    apart: createProberApart({ ...{ name: stack.name, project, roster, comparison }, options }),
    jobs,
    givenTo: (name) => {
      const service = project.services[name];
      return service && { environment: service.environment, targets: service.volumes.map(({ target }) => target) };
    },
    runJob: (name, report, asked) => runJobContainer({ containers, name: stack.name, project }, name, report, asked),
    files: options.jobFiles(stack),
    prepared: async (signal) => void (await created(signal)),
  });
  // The one that stays is connected to while the rest is still looked at.
  if (comparison.isAsWanted(PROBER, seen)) inside.prepare();
  else await early.close();

  const { started, ...ofContainers } = lives;
  return {
    ...ofContainers,
    addresses: publishedOrByName(stack, options.host),
    inside,
    network: createNetworkView({ containers, roster, project }),
    fingerprint: ({ name }) => comparison.wanted(name).fingerprint,
    prepare: (events, signal) => prepareImages(stack, { project, comparison }, options, { events, signal }),
    diagnose,
    played: () => [...started].sort().map((service) => ({ service, by: 'container' as const })),
    close: async () => {
      letGo.abort();
      await Promise.all([inside.close(), early.close()]);
    },
  };
};
