/** `chatops-up tools`, and the probe by itself: what docs/tools.md says of both, on the engine of the suite that calls this. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PrivateEngine } from '../../e2e/docker/private-engine.ts';
import type { Ended } from '../../helpers/cli.ts';
import { shownIn } from '../../helpers/shown-in.ts';

export interface Surroundings {
  readonly engine: () => PrivateEngine;
  /** Run as a user of the engine's machine. */
  readonly npx: (words: readonly string[], where: { readonly cwd: string }) => Promise<Ended>;
  readonly emptyFolder: () => string;
  /** Tags of `chatops-up/tools` that the engine has. */
  readonly tags: () => readonly string[];
  readonly version: string;
  /** An image of the engine that has nginx in it, which serves what stands in /etc/nginx/conf.d. */
  readonly nginx: string;
  readonly withinMs: number;
}

const HEALTH = 'server { listen 8080; location = /health { return 200 "ok"; } }\n';
/** Healthy at its first HEALTHCHECK, which comes after the interval of the page: 10 s, or 30 s where it says none. */
const HEALTHY_WITHIN_S = 60;

export const toolsAlone = ({ engine, npx, emptyFolder, tags, version, nginx, withinMs }: Surroundings): void => {
  const docker = (...words: readonly string[]): string =>
    execFileSync('docker', ['--host', engine().socket, ...words], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  const removeTools = (): void => {
    const names = tags().filter((tag) => tag !== '');
    if (names.length > 0) docker('image', 'rm', '--force', ...names.map((tag) => `chatops-up/tools:${tag}`));
  };

  describe('`npx chatops-up tools`', () => {
    let cwd: string;
    const tools = (...words: readonly string[]): Promise<Ended> => npx(['chatops-up', 'tools', ...words], { cwd });
    const idOf = (): string => docker('image', 'inspect', '--format', '{{.Id}}', `chatops-up/tools:${version}`);
    beforeAll(() => {
      cwd = emptyFolder();
      removeTools();
    });
    afterAll(removeTools);

    it(
      'shows what is installed and what is not on the engine',
      async () => {
        const { status, stdout } = await tools('show');
        expect({ status, lines: stdout.trimEnd().split('\n') }).toEqual({
          status: 0,
          lines: [
            `chatops-up/tools:${version}`,
            '  not on the engine: `chatops-up up` makes it',
            expect.stringContaining(`@chatops-up/tools-linux-x64: ${version}, content `),
            '  @chatops-up/tools-linux-arm64: not installed',
          ],
        });
      },
      withinMs,
    );

    it(
      'build makes the image, once',
      async () => {
        expect(await tools('build')).toMatchObject({ status: 0 });
        expect((await tools('show')).stdout).toContain(`  on the engine: ${version} for amd64\n`);
        expect(await tools('build')).toMatchObject({
          status: 0,
          stdout: `chatops-up/tools:${version} is on the engine, and as it should be\n`,
        });
      },
      3 * withinMs,
    );

    it(
      'export writes what `docker load` makes the same image of, which runs',
      async () => {
        const made = idOf();
        const { status, stdout } = await tools('export', 'tools.tar');
        expect(status).toBe(0);
        expect(stdout).toContain(`\`docker load --input ${join(cwd, 'tools.tar')}\` takes it in`);
        removeTools();
        docker('load', '--input', join(cwd, 'tools.tar'));
        expect(idOf()).toBe(made);
        expect(() => docker('run', '--rm', `chatops-up/tools:${version}`)).toThrow(/USAGE {2}the command line was not/);
      },
      withinMs,
    );
  });

  describe('the probe alone, from `npx -p chatops-up chatops-probe install ./probe`', () => {
    let cwd: string;
    const container = 'probe-alone';

    const healthy = async (): Promise<void> => {
      let state = '';
      for (let waited = 0; waited < HEALTHY_WITHIN_S && state !== 'healthy'; waited += 1) {
        await new Promise((resolve) => setTimeout(resolve, 1_000));
        state = docker('inspect', '--format', '{{.State.Health.Status}}', container).trim();
      }
      const log = docker('inspect', '--format', '{{json .State.Health.Log}}', container);
      expect(state, log).toBe('healthy');
      expect(log).toContain('/health answers 200');
    };

    beforeAll(async () => {
      cwd = emptyFolder();
      const words = ['-p', 'chatops-up', 'chatops-probe', 'install', './probe'];
      expect(await npx(words, { cwd })).toMatchObject({ status: 0 });
      mkdirSync(join(cwd, 'web'));
      writeFileSync(join(cwd, 'web/health.conf'), HEALTH);
      writeFileSync(join(cwd, 'web/Dockerfile'), `FROM ${nginx}\nCOPY health.conf /etc/nginx/conf.d/\n`);
      docker('build', '--quiet', '--tag', 'probe-alone/web:1', join(cwd, 'web'));
    }, withinMs);

    it(
      'makes a container healthy by the lines of docs/tools.md for a Dockerfile',
      async () => {
        writeFileSync(join(cwd, 'Dockerfile'), `FROM probe-alone/web:1\n${shownIn('tools.md', 'dockerfile')}`);
        docker('build', '--quiet', '--tag', 'probe-alone/checked:1', cwd);
        docker('run', '--detach', '--name', container, 'probe-alone/checked:1');
        try {
          await healthy();
        } finally {
          docker('rm', '--force', container);
        }
      },
      withinMs,
    );

    it(
      'makes a container healthy by the lines of docs/tools.md for compose',
      async () => {
        const lines = ['services:', '  web:', '    image: probe-alone/web:1', `    container_name: ${container}`];
        writeFileSync(join(cwd, 'compose.yaml'), `${lines.join('\n')}\n${shownIn('tools.md', 'yaml')}`);
        const compose = (...words: readonly string[]): string =>
          docker('compose', '--project-directory', cwd, ...words);
        compose('up', '--detach');
        try {
          await healthy();
        } finally {
          compose('down');
        }
      },
      withinMs,
    );
  });
};
