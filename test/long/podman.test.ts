/** A whole stack on Podman, the real one of Debian, in place of Docker. Vendors are stand-in images, nginx is real. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoContainers } from '../e2e/docker/containers.ts';
import { aPrivatePodman, type PrivatePodman, whyNoPodman } from '../e2e/docker/private-podman.ts';
import * as images from '../e2e/images/build.mjs';
import { leftOutSuite } from '../helpers/available.ts';
import { collect, type Ended } from '../helpers/cli.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const whyNot =
  process.env.CHATOPS_PODMAN === undefined
    ? '`npm run test:podman` runs a stack on Podman'
    : (whyNoContainers() ?? whyNoPodman());
if (whyNot !== undefined) leftOutSuite('on Podman', whyNot);

const READY_WITHIN_MS = 600_000;
const RUN_WITHIN_MS = 300_000;

describe.skipIf(whyNot !== undefined)('a stack on Podman', () => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-on-podman-'));
  let podman: PrivatePodman;

  const drive = (...words: readonly string[]): Promise<Ended> => {
    const [command, ...rest] = [...podman.enter, process.execPath, `${root}dist/chatops-up.js`];
    return collect(
      spawn(command ?? '', [...rest, ...words, '--dir', dir], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...process.env, DOCKER_HOST: podman.socket },
      }),
    );
  };

  beforeAll(async () => {
    await images.buildImages();
    podman = await aPrivatePodman();
    const named = Object.entries({ ...images.STANDINS, nginx: images.NGINX, tools: images.TOOLS });
    await podman.load([...named.map(([, image]) => image), images.BASE]);
    const base = `localhost/${images.BASE}`;
    const lines = [
      'name: podman',
      'images:',
      ...named.map(([key, image]) => `  ${key}: localhost/${image}`),
      `runner: { image: "${base}", helperImage: "${base}" }`,
    ];
    writeFileSync(join(dir, 'chatops.yaml'), `${lines.join('\n')}\n`);
  }, READY_WITHIN_MS);

  afterAll(async () => {
    await podman?.remove();
    rmSync(dir, { recursive: true, force: true });
  });

  it(
    'is made and proven by `up`, which calls the engine by its name',
    async () => {
      const { status, stdout, stderr } = await drive('up');
      expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
      expect(stdout).toMatch(/^engine: docker, because Podman [\d.]+ answers$/m);
      expect(stdout).toMatch(/the bot posted through the front door and read back/);
      expect(stdout).toMatch(/a GitLab pipeline event became the message/);
    },
    RUN_WITHIN_MS,
  );

  it(
    'is not changed by the second `up`',
    async () => {
      const { status, stdout } = await drive('up');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^0 changes\b/m);
    },
    RUN_WITHIN_MS,
  );

  it(
    'passes `smoke`',
    async () => {
      const { status, stdout, stderr } = await drive('smoke');
      expect(status, `${stdout}${stderr}`).toBe(0);
    },
    RUN_WITHIN_MS,
  );

  it(
    'comes back after `down`, with nothing to make but its services',
    async () => {
      expect(await drive('down')).toMatchObject({ status: 0 });
      const { status, stdout } = await drive('up');
      expect(status).toBe(0);
      expect(stdout).toMatch(/^7 changes: 7 services\b/m);
    },
    2 * RUN_WITHIN_MS,
  );
});
