/**
 * The table of contents of chatops-up: what it can do, each a few lines joining stages.
 *
 *   config → stack → render / engine → jobs → report
 *
 * Everything outside (files, engine, clock, servers) is handed in as a `World`; nothing here decides.
 */
import { type ImageLock, lockWarnings, NO_LOCK, withImageLock } from './src/config/image-lock.ts';
import { loadConfig } from './src/config/load.ts';
import { HOOK_PLACES_FILE } from './src/contracts/hook-places.ts';
import type { House } from './src/contracts/house.ts';
import { proofFile } from './src/contracts/proofs.ts';
import type { NetworkDiagnosis } from './src/doctor/diagnosis.ts';
import { diagnoseNetwork } from './src/doctor/network.ts';
import { converge } from './src/engine/converge.ts';
import { type Look, look } from './src/engine/look.ts';
import type { UpOutcome } from './src/engine/outcome.ts';
import type { FileStep, Plan } from './src/engine/plan.ts';
import { renderAll } from './src/render/render-all.ts';
import type { Delivered } from './src/simulate/deliver.ts';
import { requireReceiver } from './src/simulate/receiver.ts';
import { simulate as playDelivery, renderDelivery, type Shown, type Simulation } from './src/simulate/simulate.ts';
import type { CheckOutcome, SmokeOutcome } from './src/smoke/outcome.ts';
import { runSmoke, type SmokeOptions } from './src/smoke/smoke.ts';
import { additionsOf } from './src/stack/additions-of.ts';
import { buildStack } from './src/stack/build-stack.ts';
import { imagesOf } from './src/stack/images-of.ts';
import { takenTwice } from './src/stack/taken-twice.ts';
import { compareFiles, writeFiles } from './src/stages/files.ts';
import { awaitChat, smokeDeps } from './src/stages/live.ts';
import { problemLines, requireNamedFiles, warnOfNamedFiles } from './src/stages/named-files.ts';
import { emitWarnings, journalled, runOutcome } from './src/stages/run-outcome.ts';
import { nodesFor, withSession } from './src/stages/with-session.ts';
import type { Desired, LiveWorld, Notifier, World } from './src/stages/world.ts';

export { nodesFor } from './src/stages/with-session.ts';
export type { Desired, LiveWorld, World } from './src/stages/world.ts';

/**
 * Pure: the text of a chatops.yaml becomes the desired state.
 * @param lock images by digest. Default: as they are named
 * @throws ChatopsError CONFIG_*, GRAPH_*
 */
export const describe = (text: string, source: string, house: House, lock: ImageLock = NO_LOCK): Desired => {
  const { config: written, warnings, judge } = loadConfig(text, source, additionsOf(house));
  const config = withImageLock(written, lock);
  if (config.parts.length > 0) judge(takenTwice(config, house.parts));
  const stack = buildStack(config, house);
  const notes = lockWarnings(imagesOf(stack), lock);
  return { config, stack, files: renderAll(stack, house, config.docker), house, warnings, notes, judge };
};

/** Writes the files that differ from their rendering. */
export const render = async (desired: Desired, world: World): Promise<readonly FileStep[]> => {
  await warnOfNamedFiles(desired, world);
  return writeFiles(desired, world);
};

/** What is there and what would be done about it; changes nothing. */
export const check = async (desired: Desired, world: World): Promise<Look> => {
  await warnOfNamedFiles(desired, world);
  return lookAt(desired, world);
};

const lookAt = async (desired: Desired, world: World): Promise<Look> => {
  const files = await compareFiles(desired, world.files);
  return withSession(desired, world, (opened) => {
    emitWarnings('preflight', opened.cautions, world);
    return look(opened.nodes, files, opened);
  });
};

/** Who reaches whom by name, tried inside each container. @throws ChatopsError ENGINE_UNAVAILABLE where there are none */
export const doctorNetwork = async (desired: Desired, { engine, probes, signal }: World): Promise<NetworkDiagnosis> => {
  const session = await engine.open(desired.stack);
  try {
    return await diagnoseNetwork(
      { nodes: nodesFor(desired, engine), networks: desired.stack.networks, probes },
      session,
      signal,
    );
  } finally {
    await session.close();
  }
};

export const plan = async (desired: Desired, world: World): Promise<Plan> => {
  emitWarnings('chatops.yaml', problemLines(await requireNamedFiles(desired, world)), world);
  return (await lookAt(desired, world)).plan;
};

/** From whatever is there to the desired state, proven: files, services, jobs, conversation. */
export const up = async (desired: Desired, world: World): Promise<UpOutcome> => {
  const startedAt = world.clock.now();
  const doubts = await requireNamedFiles(desired, world);
  emitWarnings('chatops.yaml', problemLines(doubts), world);
  return withSession(desired, world, async (opened) => {
    emitWarnings('preflight', opened.cautions, world);
    await world.prepare?.();
    const files = await writeFiles(desired, world);
    await opened.session.prepare?.(world.events, world.signal);
    const converged = await converge(opened.nodes, { ...opened, events: journalled(world) });
    const outcome = await runOutcome(desired, world, opened, { startedAt, files, converged });
    await world.hold?.(outcome);
    return outcome;
  });
};

/** Proves a live stack link by link, with `loop` also as a whole; what that made is removed again. */
export const smoke = (
  desired: Desired,
  world: LiveWorld,
  options: SmokeOptions & { readonly report: (outcome: CheckOutcome) => void },
): Promise<SmokeOutcome> =>
  withSession(desired, world, (opened) =>
    runSmoke(smokeDeps(desired, world, opened, options.report), options, world.signal),
  );

/** Plays a delivery at the public address and waits for its message. */
export const simulate = (desired: Desired, world: LiveWorld, simulation: Simulation): Promise<Delivered> =>
  withSession(desired, world, async (opened) => {
    const receiver = requireReceiver(desired.stack);
    await awaitChat(desired, opened);
    const script = world.notifier(desired.stack, opened.ports.secrets);
    return playDelivery(simulation, receiver, script, opened.ports, world.signal);
  });

/** What the notifier makes of a delivery; no server is asked. */
export const renderSimulation = (desired: Desired, simulation: Simulation, notifier: Notifier): Promise<Shown> =>
  renderDelivery(simulation, notifier(desired.stack, { read: () => simulation.kept }));

/** Stops the services; with `volumes` their data goes, and with it what it proved. */
export const down = async (desired: Desired, world: World, options: { readonly volumes: boolean }): Promise<void> => {
  await world.engine.down(desired.stack, options);
  if (!options.volumes) return;
  for (const { name } of desired.stack.nodes) await world.files.remove(proofFile(name));
  // In an existing forge they are still there.
  if (!desired.stack.offers.forge?.external) await world.files.remove(HOOK_PLACES_FILE);
};
