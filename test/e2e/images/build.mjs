/**
 * Builds the images of the suites on real containers: `node test/e2e/images/build.mjs`. What it takes: docker, root and
 * debootstrap for the base (30 s, once), Node. Run again it takes seconds.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = fileURLToPath(new URL('.', import.meta.url));
const BASE = 'chatops-test/base:12';
/** Two checkouts may share one engine, each with images of its own: CHATOPS_TEST_IMAGES names the second one's. */
const PREFIX = process.env.CHATOPS_TEST_IMAGES ?? 'chatops-test';
/** The tags carry the versions that the stand-ins play, as the rules of the configuration read them. */
export const STANDINS = {
  mongo: `${PREFIX}/mongo:8.0`,
  rocketchat: `${PREFIX}/rocket.chat:8.5`,
  gitlab: `${PREFIX}/gitlab-ce:19.3.0-ce.0`,
  'gitlab-runner': `${PREFIX}/gitlab-runner:v19.3.0`,
};
export const NGINX = `${PREFIX}/nginx:1.22`;
/** Our own, of this checkout; built by compose/tools/build.mjs. */
export const TOOLS = `${PREFIX}/tools:0.1.0`;

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });
const isThere = (image) => spawnSync('docker', ['image', 'inspect', image], { stdio: 'ignore' }).status === 0;

/** This machine's own mirror. */
const mirror = () => {
  const lists = [
    '/etc/apt/sources.list',
    ...readdirSync('/etc/apt/sources.list.d').map((name) => `/etc/apt/sources.list.d/${name}`),
  ];
  const texts = lists.flatMap((path) => {
    try {
      return [readFileSync(path, 'utf8')];
    } catch {
      return [];
    }
  });
  const uris = texts.map((text) => /^URIs: *(\S+)/m.exec(text)?.[1] ?? /^deb (?:\[[^\]]*\] )?(\S+)/m.exec(text)?.[1]);
  const found = uris.find((uri) => uri !== undefined);
  if (found === undefined) throw new Error('this machine names no Debian mirror to make a base image from');
  return found;
};

const buildBase = () => {
  if (isThere(BASE)) return;
  const tree = mkdtempSync(join(tmpdir(), 'chatops-base-'));
  try {
    run('debootstrap', ['--variant=minbase', '--include=nginx-light,git,ca-certificates', 'bookworm', tree, mirror()]);
    run('sh', [
      '-c',
      `rm -rf "$1"/var/cache/apt/archives/*.deb "$1"/var/lib/apt/lists/* "$1"/usr/share/doc "$1"/usr/share/locale && tar -C "$1" -c . | docker import - ${BASE}`,
      'sh',
      tree,
    ]);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
};

/** One file that Node runs, with everything it imports. */
export const bundle = (entry, outfile) =>
  build({
    entryPoints: [join(here, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    format: 'esm',
    logLevel: 'warning',
    external: [
      'kerberos',
      'snappy',
      'socks',
      'aws4',
      'gcp-metadata',
      '@mongodb-js/zstd',
      '@aws-sdk/*',
      'mongodb-client-encryption',
    ],
    // Packages in the older module format ask for built-in modules by `require`.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });

export const buildImages = async () => {
  buildBase();
  const context = mkdtempSync(join(tmpdir(), 'chatops-images-'));
  try {
    await bundle('serve-standin.ts', join(context, 'serve-standin.mjs'));
    copyFileSync(process.execPath, join(context, 'node'));
    copyFileSync(join(here, 'Dockerfile'), join(context, 'Dockerfile'));
    for (const [role, image] of Object.entries(STANDINS))
      run('docker', [
        'build',
        '--quiet',
        '--target',
        'standin',
        '--build-arg',
        `ROLE=${role}`,
        '--tag',
        image,
        context,
      ]);
    run('docker', ['build', '--quiet', '--target', 'nginx', '--tag', NGINX, context]);
  } finally {
    rmSync(context, { recursive: true, force: true });
  }
};

/** The stand-in that ends with 1 at its first `times` starts, some time into its boot. @returns the image's name */
export const crashingRocketChat = (times) => {
  const image = `${PREFIX}/rocket.chat-crashing-${times}:8.5`;
  const text = `FROM ${STANDINS.rocketchat}\nENV STANDIN_CRASHES=${times}\n`;
  execFileSync('docker', ['build', '--quiet', '--tag', image, '-'], {
    input: text,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return image;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildImages();
