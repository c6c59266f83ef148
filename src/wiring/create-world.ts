/** The adapters and the engine put together: everything outside that an operation may touch. */
import { join, resolve } from 'node:path';
import type { SecureContext } from 'node:tls';
import type { Desired, World } from '../../operations.ts';
import { createClock } from '../adapters/clock.ts';
import { createJournal } from '../adapters/journal.ts';
import { createProofStore } from '../adapters/proofs.ts';
import { createSecrets } from '../adapters/secrets.ts';
import { createTrusted } from '../adapters/trusted.ts';
import type { Config } from '../config/config.ts';
import type { Addresses } from '../contracts/addresses.ts';
import type { EventSink } from '../contracts/event-sink.ts';
import type { Files } from '../contracts/files.ts';
import { provide } from '../contracts/ports.ts';
import { createHookPlaces } from '../parts/gitlab/client/hook-places.ts';
import { createRunnerConfig } from '../parts/gitlab-runner/client/runner-config.ts';
import { RUNNER_CONFIG } from '../parts/gitlab-runner/runner-config.ts';
import { insideName } from '../stack/names.ts';
import type { Stack } from '../stack/stack.ts';
import { chooseEngine } from './choose-engine.ts';
import { createPorts } from './create-ports.ts';
import type { Invocation } from './invocation.ts';
import { jobsOf } from './jobs.ts';
import type { PreparedSecrets } from './prepare-secrets.ts';
import { STATE_DIR } from './stack-directory.ts';

const EMBEDDED_RUNNER = `${STATE_DIR}/embedded/gitlab-runner`;

/** With the authority that chatops.yaml names, beside what Node trusts by itself. */
export const trustedBy = ({ dir, env }: Invocation, { authority }: Config): (() => SecureContext | undefined) =>
  createTrusted(authority === undefined ? undefined : resolve(dir, authority), env.NODE_EXTRA_CA_CERTS);

/** Containers know these names of the front door; here they are where its port is. */
const insideNamesAt = (stack: Stack, { resolve: find }: Addresses): ((name: string) => string | undefined) => {
  const names = new Set(stack.hosts.map(({ label }) => insideName(stack, label)));
  return (name) => (names.has(name) ? find({ service: 'nginx', port: stack.door.inside }).host : undefined);
};

export const createWorld = async (
  invocation: Invocation,
  files: Files,
  secrets: PreparedSecrets,
  events: EventSink,
  desired: Desired,
): Promise<World> => {
  const clock = createClock();
  const { clean } = invocation.known;
  const trusted = trustedBy(invocation, desired.config);
  const readers = createSecrets(secrets.values);
  const proofs = createProofStore(files);
  const hookPlaces = createHookPlaces(files);
  const runnerConfig = createRunnerConfig(files, { folder: EMBEDDED_RUNNER, template: 'gitlab-runner/config.toml' });
  return {
    files,
    engine: await chooseEngine(invocation, { files, secrets: readers, values: secrets.values, clean, desired }),
    secrets: readers,
    portsFor: (addresses) =>
      createPorts({
        parts: desired.house.parts,
        addresses,
        secrets: readers,
        proofs,
        hookPlaces,
        kept: [provide(RUNNER_CONFIG, runnerConfig)],
        targetOf: insideNamesAt(desired.stack, addresses),
        trusted,
        warn: (text) => events.emit({ type: 'warning', node: 'rate limit', text }),
      }),
    probes: desired.house.probes,
    createJob: jobsOf(desired.house.parts),
    clock,
    events,
    journal: createJournal(join(invocation.dir, STATE_DIR, 'journal.jsonl'), clock.date, clean),
    signal: invocation.signal,
  };
};
