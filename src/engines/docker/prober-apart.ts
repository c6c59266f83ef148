/**
 * A prober for the length of a plan, beside the one that runs where that was made from another image: in its networks and
 * with its volumes, so that it sees what is there now, but with this version's program and what the stack is to have.
 */
import type { EventSink } from '../../contracts/event-sink.ts';
import type { BeginProber } from '../../prober/prober-line.ts';
import type { Comparison } from './comparison.ts';
import { type ComposeProject, type ComposeService, mountLine } from './compose.ts';
import type { ContainerFacts, RunApart } from './containers.ts';
import type { DockerEngineOptions } from './options.ts';
import { ASKED, PROBER } from './prober.ts';
import type { Roster } from './roster.ts';
import { runOf } from './run-of.ts';
import { makeTools } from './tools/make-tools.ts';

interface Parts {
  /** Of the stack. */
  readonly name: string;
  readonly project: ComposeProject;
  readonly roster: Roster;
  readonly comparison: Comparison;
  readonly options: Pick<DockerEngineOptions, 'containers' | 'tools' | 'now'>;
}

/** A plan reports what it found, not how it looked. */
const NOBODY: EventSink = { emit: () => undefined };

/** Where the one that runs is, and of volumes only what that has: Compose's labels would be missing on one made by this. */
const besideIt = (service: ComposeService, running: ContainerFacts, parts: Parts): Omit<RunApart, 'onOutput'> => {
  const run = runOf(service, { project: parts.name, name: 'plan', of: parts.project });
  const mounts = run.mounts.filter(
    ({ kind, source, target, readOnly }) =>
      kind === 'volume' && running.mounts.includes(mountLine(kind, source, target, readOnly)),
  );
  return { ...run, command: ASKED, mounts, networks: Object.keys(running.networks) };
};

/** The image of this version, made on the engine where that has none. Undefined: it is a registry's, and not fetched for a plan. */
const ourImage = async (
  reference: string,
  { comparison, options: { containers, tools, now } }: Parts,
  signal: AbortSignal,
): Promise<string | undefined> => {
  const known = comparison.images.get(reference);
  if (known !== undefined || reference !== tools.reference) return known?.id;
  await makeTools(tools, [PROBER], { containers, events: NOBODY, signal, now });
  return (await containers.image(reference))?.id;
};

/** As `apart` of `InsideDeps`. */
export const createProberApart =
  (parts: Parts) =>
  async (signal: AbortSignal): Promise<BeginProber | 'unknown' | undefined> => {
    const { roster, project, options } = parts;
    const running = await roster.find(PROBER);
    const service = project.services[PROBER];
    if (running?.state !== 'running' || service === undefined) return undefined;
    const image = await ourImage(service.image, parts, signal);
    if (image === running.imageId) return undefined;
    if (image === undefined) return 'unknown';
    return (onOutput) => options.containers.holdApart({ ...besideIt(service, running, parts), onOutput });
  };
