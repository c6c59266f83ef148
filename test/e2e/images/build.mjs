/**
 * Builds the images of the suites on real containers: `node test/e2e/images/build.mjs`. What it takes: docker, root and
 * debootstrap for the base (a minute, once), Node. Run again it builds only what has changed.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { changedBy, contentOf, imageThere, isBuiltFrom, labelled } from '../../../compose/tools/built-from.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));
/** What all of them begin with; and what CI jobs would run in, which the stand-in runner only names. */
export const BASE = 'chatops-test/base:12.0';
/** Two checkouts may share one engine, each with images of its own: CHATOPS_TEST_IMAGES names the second one's. */
const PREFIX = process.env.CHATOPS_TEST_IMAGES ?? 'chatops-test';
/** The tags carry the versions that the stand-ins play, as the rules of the configuration read them. */
export const STANDINS = {
  mongo: `${PREFIX}/mongo:8.0`,
  rocketchat: `${PREFIX}/rocket.chat:8.5`,
  gitlab: `${PREFIX}/gitlab-ce:19.3.0-ce.0`,
  'gitlab-runner': `${PREFIX}/gitlab-runner:v19.3.0`,
};
/** Of the part in test/open. */
export const PAGES = `${PREFIX}/pages:1.0`;
export const MATTERMOST = `${PREFIX}/mattermost-team-edition:11.7.9`;
/** The real one of Debian, started as Docker's own image starts it. */
export const POSTGRES = `${PREFIX}/postgres:15.0`;
export const NGINX = `${PREFIX}/nginx:1.22`;
/** Our own, of this checkout; built by compose/tools/build.mjs. */
export const TOOLS = `${PREFIX}/tools:0.1.0`;

/** Beside this, with the right to be run: what containers begin with. */
const ENTRYPOINT = 'docker-entrypoint.sh';
const POSTGRES_ENTRYPOINT = 'postgres-entrypoint.sh';

const run = (command, args, options = {}) =>
  execFileSync(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options });

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

const PACKAGES = 'nginx-light,git,ca-certificates,postgresql-15';
/** What no program of the suites reads. */
const SLIM = [
  ...['var/cache/apt/archives/*.deb', 'var/lib/apt/lists/*', 'usr/share/doc', 'usr/share/locale'],
  // PostgreSQL compiles queries where it finds what it takes, and a cluster of Debian's is not ours.
  ...['usr/lib/*/libLLVM*', 'usr/lib/postgresql/*/lib/llvmjit*', 'usr/lib/postgresql/*/lib/bitcode'],
  'var/lib/postgresql/*',
];

/** @returns whether it had to be built */
const buildBase = () => {
  const content = contentOf(['bookworm', PACKAGES, ...SLIM]);
  if (isBuiltFrom(BASE, content)) return false;
  const tree = mkdtempSync(join(tmpdir(), 'chatops-base-'));
  try {
    run('debootstrap', ['--variant=minbase', `--include=${PACKAGES}`, 'bookworm', tree, mirror()]);
    run('sh', [
      '-c',
      `cd "$1" && rm -rf ${SLIM.join(' ')} && shift && tar -c . | docker import "$@" - ${BASE}`,
      ...['sh', tree, ...changedBy(content)],
    ]);
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return true;
};

const bundleOptions = (entry, outfile) => ({
  entryPoints: [join(here, entry)],
  outfile,
  bundle: true,
  conditions: ['chatops-source'],
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

/** One file that Node runs, with everything it imports. */
export const bundle = (entry, outfile) => build(bundleOptions(entry, outfile));

const textOf = async (entry) => {
  const { outputFiles } = await build({ ...bundleOptions(entry, entry.replace(/m?[jt]s$/, 'out.mjs')), write: false });
  return outputFiles[0].text;
};

/** A folder to build in, made only when something has to be built. @param programs name → text */
const createContext = (programs) => {
  let made;
  return {
    dir: () => {
      if (made !== undefined) return made;
      made = mkdtempSync(join(tmpdir(), 'chatops-images-'));
      for (const [name, text] of Object.entries(programs)) writeFileSync(join(made, name), text);
      copyFileSync(process.execPath, join(made, 'node'));
      for (const file of ['Dockerfile', ENTRYPOINT, POSTGRES_ENTRYPOINT])
        copyFileSync(join(here, file), join(made, file));
      return made;
    },
    remove: () => made !== undefined && rmSync(made, { recursive: true, force: true }),
  };
};

/** @returns the images that had to be built: none when everything is as it was */
export const buildImages = async () => {
  const built = buildBase() ? [BASE] : [];
  const program = await textOf('serve-standin.ts');
  const pages = await textOf('serve-pages.mjs');
  const dockerfile = readFileSync(join(here, 'Dockerfile'));
  const entrypoint = readFileSync(join(here, ENTRYPOINT));
  const base = imageThere(BASE)?.id ?? '';
  const context = createContext({ 'serve-standin.mjs': program, 'serve-pages.mjs': pages });
  const make = (image, target, parts, args) => {
    const content = contentOf([base, dockerfile, target, ...parts]);
    if (isBuiltFrom(image, content)) return;
    run('docker', [
      'build',
      '--quiet',
      '--target',
      target,
      ...args,
      ...labelled(content),
      '--tag',
      image,
      context.dir(),
    ]);
    built.push(image);
  };
  try {
    for (const [role, image] of Object.entries(STANDINS)) {
      make(image, 'standin', [program, entrypoint, process.version, role], ['--build-arg', `ROLE=${role}`]);
    }
    make(MATTERMOST, 'mattermost', [program, entrypoint, process.version], ['--build-arg', 'ROLE=mattermost']);
    make(POSTGRES, 'postgres', [readFileSync(join(here, POSTGRES_ENTRYPOINT))], []);
    make(PAGES, 'pages', [pages, process.version], []);
    make(NGINX, 'nginx', [], []);
  } finally {
    context.remove();
  }
  return built;
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
