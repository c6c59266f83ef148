import { parse as parseToml } from 'smol-toml';
import { parse as parseYaml } from 'yaml';
import { describe } from '../../../operations.ts';
import { parseEnv } from '../../../src/config/env-file.ts';
import { sampleConfig } from '../../../src/config/sample.ts';
import type { RenderedFile } from '../../../src/contracts/renderer.ts';
import { ownAdditions } from '../../../src/wiring/own-house.ts';
import { house } from '../../helpers/pieces.ts';
import { must, type Target } from '../target.ts';

const FULL = `name: demo
domain: chat.example.org
ports: { http: 8080, ssh: 2222 }
admin: { username: chief, email: chief@example.org, name: "The Chief" }
chat:
  bot: { username: hubot }
  rooms: [ops, { name: ci, kind: private, members: [ada] }]
  users: [{ username: ada, email: ada@example.org, name: Ada L. }]
gitlab:
  announce:
    - { project: ops/website, room: ci, events: [push, pipeline] }
runner: { description: "a runner", tags: [app], executor: docker, image: "alpine:3.22" }
mongo: { members: 3 }
timeouts: { gitlab: 30m }
`;
const OTHERS = `chat: { url: "https://chat.example.org", rooms: [ops], locale: fr }
gitlab: { url: "https://git.example.org", announce: [{ group: ops, room: ops, events: [push] }] }
runner: false
notifier: { people: { ada: ada.l } }
`;

type Judge = (text: string) => void;

/** Words of nginx: a statement ends at `;`, a block opens at `{` and closes at `}`, quotes and backslashes hide all three. */
const statementsOf = (text: string): readonly string[] => {
  const token =
    /#[^\n]*|"(?:[^"\\]|\\[\s\S])*"|'(?:[^'\\]|\\[\s\S])*'|[;{}]|(?:\\[\s\S]|\$\{[^}]*\}|[^\s;{}"'#\\])+|\s+/gy;
  const found: string[] = [];
  let [isFirst, depth, at] = [true, 0, 0];
  for (const { 0: part, index } of text.matchAll(token)) {
    must(index === at, `nginx.conf cannot be read at ${JSON.stringify(text.slice(at, at + 30))}`);
    at += part.length;
    if (/^\s|^#/.test(part)) continue;
    if (/^[;{}]$/.test(part)) {
      depth += part === '{' ? 1 : part === '}' ? -1 : 0;
      isFirst = true;
    } else if (isFirst) {
      found.push(part);
      isFirst = false;
    }
  }
  must(at === text.length && depth === 0, 'nginx.conf ends in the middle');
  return [...new Set(found)];
};

const nginxOf = (config: string): readonly string[] =>
  describe(config, 'chatops.yaml', house)
    .files.filter(({ path }) => path.endsWith('.conf'))
    .flatMap(({ text }) => statementsOf(text));

const DIRECTIVES = new Set(
  [FULL, OTHERS, '{}\n', `${FULL}tls: { certificate: cert.pem, key: key.pem }\n`].flatMap(nginxOf),
);

const JUDGES: readonly (readonly [RegExp, Judge])[] = [
  [/\.ya?ml$/, (text) => must(typeof parseYaml(text) === 'object', 'it is no mapping')],
  [/\.toml$/, (text) => void parseToml(text)],
  [/\.json$/, (text) => void JSON.parse(text)],
  [/\.env(\.example)?$/, (text) => void parseEnv(text)],
  [
    /\.conf$/,
    (text) => {
      // A map's left sides are words of ours as well; what differs by configuration there is a name of a host.
      const strange = statementsOf(text).filter((word) => !DIRECTIVES.has(word) && !/^["~\w.*-]+$/.test(word));
      must(strange.length === 0, `nginx.conf says ${strange.join(', ')}`);
    },
  ],
];

const judgeFile = ({ path, text }: RenderedFile): void => {
  must(!path.startsWith('/') && !path.split('/').includes('..'), `${path} is outside of the directory`);
  must(!/(?![\n\t])\p{Cc}/u.test(text), `${path} holds a control character`);
  for (const [pattern, judge] of JUDGES) {
    if (!pattern.test(path)) continue;
    try {
      judge(text);
    } catch (thrown) {
      throw new Error(`${path}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
};

/** YAML in; YAML, nginx, TOML, JSON and Markdown out. */
export const config: Target = {
  name: 'config',
  share: 0.15,
  seeds: [
    FULL,
    OTHERS,
    sampleConfig(ownAdditions()),
    JSON.stringify(parseYaml(FULL)),
    JSON.stringify(parseYaml(OTHERS)),
  ],
  run: (text) => {
    const { stack, files } = describe(text, 'chatops.yaml', house);
    for (const file of files) judgeFile(file);
    const compose = files.find(({ path }) => path === 'compose.yaml');
    const { services } = parseYaml(compose?.text ?? '') as { services: object };
    must(Object.keys(services).length === stack.nodes.length + 1, 'compose.yaml has another number of services');
  },
};
