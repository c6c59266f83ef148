/** `docker compose` by execa: compose.yaml on its standard input, secrets in its environment, nothing secret in argv. */
import { stripVTControlCharacters } from 'node:util';
import { type ExecaError, execa } from 'execa';
import { z } from 'zod';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import type { Compose, ComposeProject, ContainerLimits } from '../compose.ts';

export interface ComposePluginOptions {
  /** Absolute path of the stack directory: what paths in compose.yaml are relative to. */
  readonly dir: string;
  /** The caller's variables, and the secrets that compose.yaml names. */
  readonly env: Readonly<Record<string, string>>;
}

/** What `docker compose config --format json` prints, as far as it is read (Compose 2.26). */
const projectSchema = z.object({
  services: z.record(
    z.string(),
    z.object({
      image: z.string(),
      command: z.array(z.string()).nullish(),
      environment: z.record(z.string(), z.string().nullable()).nullish(),
      ports: z
        .array(
          z.object({
            target: z.number(),
            published: z.coerce.string().default(''),
            protocol: z.string().default('tcp'),
            host_ip: z.string().default(''),
          }),
        )
        .nullish(),
      volumes: z
        .array(
          z.object({
            type: z.string(),
            source: z.string().default(''),
            target: z.string(),
            read_only: z.boolean().nullish(),
          }),
        )
        .nullish(),
      networks: z.record(z.string(), z.unknown()).nullish(),
      user: z.string().nullish(),
      cap_drop: z.array(z.string()).nullish(),
      cap_add: z.array(z.string()).nullish(),
      security_opt: z.array(z.string()).nullish(),
      read_only: z.boolean().nullish(),
      tmpfs: z.array(z.string()).nullish(),
      pids_limit: z.coerce.number().nullish(),
      mem_limit: z.coerce.number().nullish(),
      cpu_period: z.coerce.number().nullish(),
      cpu_quota: z.coerce.number().nullish(),
    }),
  ),
  volumes: z.record(z.string(), z.object({ name: z.string() })).nullish(),
  networks: z.record(z.string(), z.object({ name: z.string() })).nullish(),
});

const namesOf = (all: Readonly<Record<string, { name: string }>> | null | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(all ?? {}).map(([key, { name }]) => [key, name]));

/** What it prints could be read as a compose.yaml again: every `$` is doubled. */
const single = (text: string): string => text.replaceAll('$$', '$');

type ReadService = z.infer<typeof projectSchema>['services'][string];

const limitsOf = (service: ReadService): ContainerLimits => ({
  ...(service.user ? { user: service.user } : {}),
  dropped: service.cap_drop ?? [],
  added: service.cap_add ?? [],
  securityOptions: service.security_opt ?? [],
  readOnly: service.read_only === true,
  tmpfs: service.tmpfs ?? [],
  ...(service.pids_limit ? { mostProcesses: service.pids_limit } : {}),
  ...(service.mem_limit ? { memoryBytes: service.mem_limit } : {}),
  ...(service.cpu_quota && service.cpu_period ? { cpu: { quota: service.cpu_quota, period: service.cpu_period } } : {}),
});

const withHashes = (json: string, hashes: string): ComposeProject => {
  const read = projectSchema.parse(JSON.parse(json));
  return {
    services: Object.fromEntries(
      Object.entries(read.services).map(([name, service]) => [
        name,
        {
          image: service.image,
          command: service.command?.map(single),
          environment: Object.fromEntries(
            Object.entries(service.environment ?? {}).map(([key, value]) => [key, single(value ?? '')]),
          ),
          ports: (service.ports ?? []).map(({ host_ip: at, ...port }) => ({ ...port, at })),
          volumes: (service.volumes ?? []).map(({ type, source, target, read_only }) => ({
            type,
            source,
            target,
            readOnly: read_only === true,
          })),
          networks: Object.keys(service.networks ?? {}),
          confinement: limitsOf(service),
        },
      ]),
    ),
    volumes: namesOf(read.volumes),
    networks: namesOf(read.networks),
    hashes: Object.fromEntries(
      hashes
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .flatMap(([name, hash]) => (name && hash ? [[name, hash]] : [])),
    ),
  };
};

const lastLines = (text: string): string => text.trim().split('\n').slice(-8).join('\n');

/** Compose's own words, with a code of ours where it is known what they mean. */
const refused = (what: string, thrown: unknown): ChatopsError => {
  const { stderr, shortMessage } = thrown as ExecaError;
  const why = lastLines(typeof stderr === 'string' && stderr !== '' ? stderr : (shortMessage ?? String(thrown)));
  if (
    /pull access denied|manifest unknown|not found: manifest|no such image|failed to resolve reference|lookup .+ on /i.test(
      why,
    )
  ) {
    return new ChatopsError('SERVICE_FAILED', {
      what: 'an image is not here and could not be pulled',
      why,
      next: 'correct its name under `images:`; the one of the tools is made by `chatops-up tools build`',
      cause: thrown,
    });
  }
  if (/bind source path does not exist/i.test(why)) {
    return new ChatopsError('DIRECTORY_UNUSABLE', {
      what: 'the engine does not see a file of the stack directory',
      why,
      next: 'an engine on another machine (DOCKER_HOST) must have the stack directory too, under the same path: share it, or run chatops-up there',
      cause: thrown,
    });
  }
  return new ChatopsError('SERVICE_FAILED', { what, why, cause: thrown });
};

export const createCompose = ({ dir, env }: ComposePluginOptions): Compose => {
  const common = ['compose', '--project-directory', dir, '--file', '-'];
  const options = {
    cwd: dir,
    env: { ...env, COMPOSE_ANSI: 'never', COMPOSE_PROGRESS: 'plain' },
    extendEnv: false,
  } as const;
  const run = async (what: string, input: string, args: readonly string[], signal?: AbortSignal): Promise<string> => {
    try {
      const { stdout } = await execa('docker', [...common, ...args], {
        ...options,
        input,
        ...(signal ? { cancelSignal: signal } : {}),
      });
      return stdout;
    } catch (thrown) {
      signal?.throwIfAborted();
      throw refused(what, thrown);
    }
  };
  return {
    version: async () => {
      try {
        const { stdout } = await execa('docker', ['compose', 'version', '--short'], {
          env: { ...env },
          extendEnv: false,
        });
        return stdout.trim();
      } catch {
        return undefined;
      }
    },
    project: async (text) => {
      const what = 'Docker Compose refuses compose.yaml';
      const [json, hashes] = await Promise.all([
        run(what, text, ['config', '--format', 'json']),
        run(what, text, ['config', '--hash', '*']),
      ]);
      return withHashes(json, hashes);
    },
    create: async (text, services, signal) =>
      void (await run('the containers could not be made', text, ['create', '--force-recreate', ...services], signal)),
    logs: async (text, { services, follow, tail }, onLine, signal) => {
      const words = ['logs', '--no-color', '--tail', String(tail), ...(follow ? ['--follow'] : []), ...services];
      try {
        // Nothing is kept of what was passed on: it may be followed for days.
        const buffer = { stdout: false, stderr: true } as const;
        const output = execa('docker', [...common, ...words], {
          ...options,
          input: text,
          cancelSignal: signal,
          buffer,
        });
        // Compose begins lines with "erase the line", and what a container says may hold anything for a terminal.
        for await (const line of output) onLine(stripVTControlCharacters(line));
      } catch (thrown) {
        signal.throwIfAborted();
        throw refused('the logs could not be read', thrown);
      }
    },
    down: async (text, { volumes }) =>
      void (await run('the containers could not be stopped', text, [
        'down',
        '--remove-orphans',
        ...(volumes ? ['--volumes'] : []),
      ])),
  };
};
