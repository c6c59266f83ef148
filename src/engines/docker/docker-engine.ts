/**
 * The engine that users run: containers made by Docker Compose from the rendered file, started one by one as their
 * gates open. Compose makes and removes them; starting, looking and asking go to the Engine API.
 */

import type { Engine } from '../../contracts/engine.ts';
import type { Stack } from '../../stack/stack.ts';
import type { Compose, ComposeProject } from './compose.ts';
import type { Containers } from './containers.ts';
import { beginEarly, type EarlyProber } from './early-prober.ts';
import { type EngineVersion, knowsStartInterval, LIKELY } from './engine-version.ts';
import { fittedStack } from './fitted-stack.ts';
import { removeOldNetworks } from './old-networks.ts';
import type { DockerEngineOptions } from './options.ts';
import { preflight } from './preflight/preflight.ts';
import { createRoster, type Roster } from './roster.ts';
import { createSession } from './session.ts';

/** compose.yaml as the engine that answers can take it, and as its machine needs it. */
const textFor = (stack: Stack, version: EngineVersion, { composeText, proxies }: DockerEngineOptions): string =>
  composeText(fittedStack(stack, version, proxies), { startInterval: knowsStartInterval(version) });

/** What a session begins with, read while the preflight looks. */
interface Begun {
  readonly version: EngineVersion;
  readonly text: string;
  readonly roster: Roster;
  readonly project: Promise<ComposeProject>;
  readonly early: EarlyProber;
  /** What the engine has, each asked for once: preflight and session want the same. */
  readonly image: Containers['image'];
}

/** Each is asked for once, as it does not change while we look; after a failure again. */
const askedOnce = <K extends readonly string[], T>(ask: (...key: K) => Promise<T>): ((...key: K) => Promise<T>) => {
  const asked = new Map<string, Promise<T>>();
  return (...key) => {
    const name = key.join(' ');
    const answer = asked.get(name) ?? ask(...key);
    asked.set(name, answer);
    answer.catch(() => asked.delete(name));
    return answer;
  };
};

const read = (compose: Compose, text: string): Promise<ComposeProject> => {
  const project = compose.project(text);
  // Reported by the one that waits for it.
  project.catch(() => undefined);
  return project;
};

/** What Compose reads before the engine has said what it takes: mostly that is what it takes. */
interface Likely {
  readonly text: string;
  readonly project: Promise<ComposeProject>;
}

/** Compose takes longer than all questions to the engine, and begins before the first of them. */
const beginLikely = (stack: Stack, options: DockerEngineOptions): Likely => {
  const text = textFor(stack, LIKELY, options);
  return { text, project: read(options.compose, text) };
};

/** What the containers that are there were made from is wanted as soon as Compose has read the file. */
const askAhead = (roster: Roster, image: Containers['image']): void => {
  const ask = async (): Promise<unknown> => Promise.all((await roster.all()).map(({ imageId }) => image(imageId)));
  // Whoever wants one is told why it cannot be had.
  void ask().catch(() => undefined);
};

/** @throws ChatopsError ENGINE_UNAVAILABLE */
const begin = async (stack: Stack, likely: Likely, options: DockerEngineOptions): Promise<Begun> => {
  const { containers, compose } = options;
  const version = await containers.version();
  const text = textFor(stack, version, options);
  const roster = createRoster(stack.name, containers);
  const project = text === likely.text ? likely.project : read(compose, text);
  const image = askedOnce(containers.image);
  askAhead(roster, image);
  return { version, text, roster, project, early: beginEarly(roster, containers), image };
};

/** What was begun ends with a run that does not get as far as a session, which closes it. */
const orClose = async <T>({ early }: Begun, task: () => Promise<T>): Promise<T> => {
  try {
    return await task();
  } catch (thrown) {
    await early.close();
    throw thrown;
  }
};

/** Whether there is a Compose plugin at all is asked only where it could not do what it was asked for. */
const hasCompose = async ({ project }: Begun, { compose }: DockerEngineOptions): Promise<boolean> => {
  try {
    await project;
    return true;
  } catch {
    return (await compose.version()) !== undefined;
  }
};

export const createDockerEngine = (given: DockerEngineOptions): Engine => {
  const { machine, local, host, clear } = given;
  const containers = { ...given.containers, facts: askedOnce(given.containers.facts) };
  const options = { ...given, containers };
  let likely: (Likely & { readonly stack: Stack }) | undefined;
  let begun: Begun | undefined;
  /** Of this moment: a later session looks again. */
  const takeLikely = (stack: Stack): Likely => {
    const known = likely;
    likely = undefined;
    return known?.stack === stack ? known : beginLikely(stack, options);
  };
  return {
    kind: 'docker',
    why: options.why,
    can: { endsWithUs: false, network: true },
    data: 'the volumes of the containers: users, rooms, messages, projects, hooks and the runner',
    begin: (stack) => {
      likely = { stack, ...beginLikely(stack, options) };
    },
    preflight: async (stack) => {
      const beginning = await begin(stack, takeLikely(stack), options);
      return orClose(beginning, async () => {
        const cautions = await preflight(stack, {
          version: beginning.version,
          engine: containers.facts,
          hasImage: async (reference) => (await beginning.image(reference)) !== undefined,
          seen: beginning.roster.all,
          hasCompose: () => hasCompose(beginning, options),
          machine: local ? machine : undefined,
          resolves: machine.resolves,
          host,
          clear,
        });
        await beginning.project;
        begun = beginning;
        return cautions;
      });
    },
    logs: async (stack, wanted, onLine, signal) => {
      const text = textFor(stack, await options.containers.version(), options);
      await options.compose.logs(text, wanted, (line) => onLine(options.redact(line)), signal);
    },
    down: async (stack, { volumes }) => {
      const text = textFor(stack, await containers.version(), options);
      await options.compose.down(text, { volumes });
      // Compose removes those that stand in the file.
      await removeOldNetworks({ name: stack.name, project: { networks: {} }, containers });
    },
    open: async (stack) => {
      const beginning = begun ?? (await begin(stack, takeLikely(stack), options));
      begun = undefined;
      return orClose(beginning, async () =>
        createSession(stack, { ...beginning, project: await beginning.project }, options),
      );
    },
  };
};
