/** Networks by need on real containers: what the graph refuses is refused inside every container, and a flat stack is taken over. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { reachTable } from '../../../src/stack/reach-table.ts';
import type { Stack } from '../../../src/stack/stack.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aStack } from '../../builders/stack.ts';
import type { Ended } from '../../helpers/cli.ts';
import { TOOLS } from '../images/build.mjs';
import { aContainerStack, type ContainerStack } from './containers.ts';
import { within } from './images-used.ts';

interface Way {
  readonly from: string;
  readonly to: string;
  readonly kind: string;
}

interface Flat {
  services: Record<string, { networks?: Record<string, unknown> }>;
  networks: Record<string, unknown>;
}

/** As every stack of 0.1 was: one network for all. */
const flattened = (text: string, name: string): string => {
  const file = parse(text) as Flat;
  for (const service of Object.values(file.services)) {
    const [own] = Object.values(service.networks ?? {});
    if (own !== undefined) service.networks = { chatops: own };
  }
  return stringify({ ...file, networks: { chatops: { name: `${name}_chatops` } } });
};

export const networks = (): void => {
  describe('networks by need', () => {
    let stack: ContainerStack;
    let port: number;
    let graph: Stack;

    const command = (...words: readonly string[]): Promise<Ended> => stack.drive(words).ended;

    const networkNames = async (): Promise<readonly string[]> =>
      (await stack.docker('network', 'ls', '--format', '{{.Name}}', '--filter', `name=^${stack.name}_`))
        .split('\n')
        .filter((line) => line !== '')
        .toSorted();

    const joinedBy = async (container: string): Promise<Readonly<Record<string, { readonly IPAddress: string }>>> =>
      JSON.parse(await stack.docker('inspect', '--format', '{{json .NetworkSettings.Networks}}', container));

    /** What a container in these networks reaches, asked by a program of ours from inside: target → what came of it. */
    const reachedFrom = async (
      joined: readonly string[],
      targets: readonly string[],
    ): Promise<Readonly<Record<string, string>>> => {
      const [first = '', ...others] = joined;
      const id = (
        await stack.docker(
          ...['create', '--network', first, '--volume', `${stack.name}_tools-0.1.0:/opt/chatops:ro`],
          ...['--entrypoint', '/opt/chatops/chatops-probe', TOOLS, 'reach', ...targets, '--json'],
        )
      ).trim();
      for (const other of others) await stack.docker('network', 'connect', other, id);
      // It exits with 1 where an address is not reached.
      const said = await stack.docker('start', '--attach', id).catch(({ stdout }: { stdout: string }) => stdout);
      await stack.docker('rm', id);
      const { reached } = JSON.parse(said) as { readonly reached: readonly { kind: string; how?: string }[] };
      return Object.fromEntries(
        targets.map((target, index) => [target, reached[index]?.how ?? reached[index]?.kind ?? 'not asked']),
      );
    };

    /** As the table has it: `mongo:27017` → whether it is refused. */
    const refusalsOf = (from: string | undefined): Readonly<Record<string, boolean>> =>
      Object.fromEntries(
        reachTable(graph, PROBE_KINDS)
          .filter((row) => row.from === from)
          .flatMap(({ cells }) => cells)
          .map(({ to, reach }) => [`${to.service}:${to.port}`, reach === 'refused']),
      );

    /** A name that is known is one of a shared network, whatever listens there. */
    const asRefusals = (reached: Readonly<Record<string, string>>): Readonly<Record<string, boolean>> =>
      Object.fromEntries(Object.entries(reached).map(([target, kind]) => [target, kind === 'no-name']));

    const targets = (): readonly string[] => Object.keys(refusalsOf('prober'));

    /** Every address that a service has, with every port of it, but for one of them. */
    const addressesBut = async (but: string): Promise<readonly string[]> => {
      const all = await stack.containers();
      const found: string[] = [];
      for (const target of targets()) {
        const [service = '', number = ''] = target.split(':');
        if (service === but) continue;
        for (const { IPAddress } of Object.values(await joinedBy(all[service]?.id ?? service))) {
          found.push(`${IPAddress}:${number}`);
        }
      }
      return found;
    };

    beforeAll(async () => {
      stack = await aContainerStack();
      port = Number(/http: (\d+)/.exec(stack.read('chatops.yaml'))?.[1]);
      graph = aStack({ name: stack.name, ports: { http: port } });
      expect((await stack.command('render')).status).toBe(0);
      stack.write('compose.yaml', flattened(stack.read('compose.yaml'), stack.name));
      await stack.compose('up', '-d');
      const { conversation, announcement } = await stack.containers();
      await stack.docker('wait', conversation?.id ?? '', announcement?.id ?? '');
      expect(await networkNames()).toEqual([`${stack.name}_chatops`]);
    }, within(120_000));

    afterAll(() => stack?.remove(), within(60_000));

    it('are planned for a stack that has one for all: every service changes its networks', async () => {
      const { stdout } = await command('plan');
      for (const service of ['mongo', 'rocketchat', 'gitlab', 'gitlab-runner', 'nginx', 'prober', 'bot']) {
        expect(stdout).toMatch(new RegExp(`~ ${service} +\\(.*networks`));
      }
    });

    it(
      'take it over, also where the first run is killed: nothing is lost, and the old one is gone',
      async () => {
        const killed = stack.drive(['up']);
        await killed.says('mongo');
        killed.process.kill('SIGKILL');
        await killed.ended;
        const { status, stderr, stdout } = await command('up');
        expect(stderr).toBe('');
        expect(status).toBe(0);
        for (const job of ['mongo-replica-set', 'rocketchat-setup', 'gitlab-setup', 'conversation', 'announcement']) {
          expect(stdout).toMatch(new RegExp(`^${job}: done after .*, nothing to change$`, 'm'));
        }
        expect(await networkNames()).toEqual(graph.networks.map(({ name }) => name).toSorted());
        expect((await command('up')).stdout).toMatch(/^0 changes/m);
      },
      within(240_000),
    );

    it('let every service reach whom the table has, and nobody else, by name and by address', async () => {
      const { stdout, status } = await command('doctor', 'network', '--json');
      expect(status).toBe(0);
      const { ways } = JSON.parse(stdout) as { readonly ways: readonly Way[] };
      for (const service of new Set(ways.map(({ from }) => from))) {
        const own = ways.filter(({ from, to }) => from === service && targets().includes(to));
        const reached = asRefusals(Object.fromEntries(own.map(({ to, kind }) => [to, kind])));
        expect({ service, reached }).toEqual({ service, reached: refusalsOf(service) });
      }
    });

    it(
      'let every job reach whom the table has, and nobody else',
      async () => {
        const containers = await stack.containers();
        const jobs = graph.nodes.flatMap(({ name, kind }) => (kind === 'job' ? [name] : []));
        expect(jobs.length).toBeGreaterThan(3);
        for (const job of jobs) {
          const joined = Object.keys(await joinedBy(containers[job]?.id ?? job));
          const reached = asRefusals(await reachedFrom(joined, targets()));
          expect({ job, reached }).toEqual({ job, reached: refusalsOf(job) });
        }
      },
      within(60_000),
    );

    it('let a job of a pipeline reach the front door and nothing else, by name and by address', async () => {
      const runner = (await stack.containers())['gitlab-runner']?.id ?? '';
      const current = await stack.docker('exec', runner, 'cat', '/etc/gitlab-runner/config.toml');
      const network = /^network_mode = "(.+)"$/m.exec(current)?.[1] ?? '';
      expect(network).toBe(`${stack.name}_ci`);
      expect(asRefusals(await reachedFrom([network], targets()))).toEqual(refusalsOf(undefined));
      const addresses = await addressesBut('nginx');
      expect(addresses.length).toBeGreaterThan(10);
      const byAddress = await reachedFrom([network], addresses);
      // Also a refusal would have come from there.
      expect(Object.entries(byAddress).filter(([, came]) => ['reached', 'refused'].includes(came))).toEqual([]);
      const url = /^clone_url = "(.+)"$/m.exec(current)?.[1] ?? '';
      const asked = stack.docker(
        ...['run', '--rm', '--network', network, '--volume', `${stack.name}_tools-0.1.0:/opt/chatops:ro`],
        ...['--entrypoint', '/opt/chatops/chatops-probe', TOOLS, 'http', `${url}/api/v4/version`, '--status=401'],
      );
      await expect(asked).resolves.toBeDefined();
    });
  });
};
