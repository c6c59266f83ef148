/** The chatops.yaml that `init` writes: every key with a word about it; the same as the defaults. */
import { listed } from '../values/listed.ts';
import type { Additions } from './additions.ts';
import * as defaults from './defaults.ts';
import { inKeyOrder } from './key-order.ts';

/** Where the file expects its JSON Schema, from the stack directory; see configJsonSchemaText. */
export const SCHEMA_PATH = '.chatops/chatops.schema.json';

const { DEFAULT_PORTS: ports } = defaults;

const begin = ({ ports: added }: Additions): string => `# yaml-language-server: $schema=${SCHEMA_PATH}
#
# The whole stack stands in this file. Change it, then run \`chatops-up plan\` to see what would happen
# and \`chatops-up up\` to make it so. Everything may be left out: what is written here are the defaults.
# Secrets stand in .env, never here.

# Name of the stack: also the Compose project name, and the mark on everything we make.
name: ${defaults.DEFAULT_NAME}

# chat., git., www. and hom. stand before it. Names under .localhost need no DNS.
domain: ${defaults.DEFAULT_DOMAIN}

# Parts that are not ours: packages, or files of this directory. Their code is run whenever this file is read.
# parts: ["./wiki.mjs"]

# Ports on this machine: ${listed(['the front door (https only with tls)', ...Object.values(added).map(({ about }) => about)])}.
ports:
  http: ${ports.http}
  https: ${ports.https}
${Object.entries(added)
  .map(([name, { port }]) => `  ${name}: ${port}\n`)
  .join('')}
# Address of this machine that they are opened on; 0.0.0.0: every one. Left out: 127.0.0.1 for domains under localhost,
# else 0.0.0.0.
# bind: 127.0.0.1

# PEM files relative to this one; without them the front door speaks plain HTTP.
# tls:
#   certificate: certs/fullchain.pem
#   key: certs/privkey.pem

# Behind somebody else's proxy, where TLS ends: what users type, and the addresses that proxy comes from.
# public:
#   scheme: https
#   port: 443
#   proxies: [10.0.0.7]

# An authority of your own that signed it, or the certificate of an existing server; a PEM file as well.
# authority: certs/ca.pem
`;

const imageLines = ({ images, order }: Pick<Additions, 'images' | 'order'>): string => {
  const all = { ...images, tools: { reference: defaults.DEFAULT_TOOLS_IMAGE } };
  return inKeyOrder(Object.entries(all), ([name]) => name, order.images)
    .map(([name, { reference }]) => `#   ${name}: ${reference}\n`)
    .join('');
};

const LONGEST_LINE = 110;

/** Names, broken into lines of comments. */
const inComments = (names: readonly string[]): string => {
  const lines = ['# For:'];
  for (const name of names) {
    const longer = `${lines.at(-1)} ${name},`;
    if (longer.length <= LONGEST_LINE) lines[lines.length - 1] = longer;
    else lines.push(`# ${name},`);
  }
  return lines.join('\n').replace(/,$/, '.');
};

const end = ({
  timed,
  limited,
  order,
  ...additions
}: Additions): string => `# Images are pinned; floating tags are refused unless allowFloating is true. Left out: what fits chat.version.
# images:
${imageLines({ order, ...additions })}#   allowFloating: false

# Deadlines, to be raised on slow machines: until a service is usable, until a job has ended.
${inComments(timed)}
# timeouts:
${(order.examples ?? timed.slice(0, 2)).map((name) => `#   ${name}: 20m\n`).join('')}
# What containers may take of the machine, where that is not as docs/security.md says; \`none\`: no limit.
${inComments(limited)}
# limits:
${limited
  .slice(0, 1)
  .map((name) => `#   ${name}: { memory: 4g, cpus: 2 }\n`)
  .join('')}
# false: compose.yaml does without start_interval, for \`docker compose up\` alone on engines before 25.0
# docker:
#   startInterval: true
`;

export const sampleConfig = (additions: Additions): string =>
  [begin(additions), ...additions.sections.flatMap(({ sample = [] }) => sample), end(additions)].join('\n');
