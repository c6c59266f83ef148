import type { Config } from '../../src/config/config.ts';
import { sectionOf } from '../../src/config/section.ts';
import { CHAT } from '../../src/contracts/sections/chat.ts';
import { buildStack } from '../../src/stack/build-stack.ts';
import { networksWith } from '../../src/stack/networks.ts';
import { type ReachCell, type ReachRow, reachTable } from '../../src/stack/reach-table.ts';
import type { NetworkPurpose, Stack } from '../../src/stack/stack.ts';
import { defaultConfig } from '../../src/wiring/own-house.ts';
import { PARTS } from '../../src/wiring/parts.ts';
import { PROBE_KINDS } from '../../src/wiring/probe-kinds.ts';
import { type Page, page } from './page.ts';
import { table } from './tables.ts';

const ABOUT: Readonly<Record<NetworkPurpose, string>> = {
  data: 'what keeps the data of others, and who works with it; nothing leads out of it',
  back: 'services and jobs that work with each other',
  front: 'the front door, the services behind it, and who comes through it from inside',
  ci: 'the front door, and the containers of CI jobs',
};

const SIGN: Readonly<Record<ReachCell['reach'], string>> = { needed: '**yes**', beside: 'can', refused: '–' };

const STRANGERS = 'a job of a pipeline';

const row = ({ from, cells }: ReachRow): readonly string[] => [
  from === undefined ? `*${STRANGERS}*` : `\`${from}\``,
  ...cells.map(({ reach }) => SIGN[reach]),
];

/** What a stack has that the default one has not: who reaches a service, whom it reaches, and the networks it is in. */
const around = (stack: Stack, service: string): string => {
  const rows = reachTable(stack, PROBE_KINDS);
  const isNeeded = ({ reach }: ReachCell): boolean => reach === 'needed';
  const from = rows
    .filter((each) => each.from !== service && each.cells.some((cell) => cell.to.service === service && isNeeded(cell)))
    .map((each) => `\`${each.from}\``);
  const to = rows
    .filter((each) => each.from === service)
    .flatMap(({ cells }) => cells.filter((cell) => cell.to.service !== service && isNeeded(cell)))
    .map((cell) => `\`${cell.to.service}:${cell.to.port}\``);
  const networks = networksWith(stack.networks, service).map(({ name }) => `\`${name}\``);
  return table(
    ['who reaches it', 'whom it reaches', 'networks'],
    [[from, to, networks].map((each) => each.join(', '))],
  );
};

const withRelay = (config: Config): Config => ({
  ...config,
  sections: { ...config.sections, [CHAT.key]: { ...sectionOf(config, CHAT), receiver: 'relay' } },
});

const body = (): string => {
  const stack = buildStack(defaultConfig(), { parts: PARTS, probes: PROBE_KINDS });
  const relayed = buildStack(withRelay(defaultConfig()), { parts: PARTS, probes: PROBE_KINDS });
  const rows = reachTable(stack, PROBE_KINDS);
  const networks = stack.networks.map(({ purpose, name, members, strangers }) => [
    `\`${name}\``,
    ABOUT[purpose],
    [...members.map((member) => `\`${member}\``), ...(strangers ? ['containers of CI jobs'] : [])].join(', '),
  ]);
  const ports = rows[0]?.cells.map(({ to }) => `\`${to.service}:${to.port}\``) ?? [];
  return `The networks are derived from the graph: two containers share one only where one of them has to reach the other. Nobody
lists them by hand, and a part of your own gets its place by what it asks, what asks it, and what it says of itself
(\`keepsData\`, \`strangers\`).

${table(['network', 'what it is for', 'who is in it'], networks)}
## Who reaches whom

In the default stack. **yes**: the stack needs this way. can: nothing goes this way, but both are in a network for another reason.
–: they share no network, so that neither the name is known nor the address answers.

${table(['from', ...ports], rows.map(row))}
\`chatops-up doctor network\` tries every way inside every container: those that are needed by name, those that must not be there
by name and at every address.

## With a relay

With \`chat.receiver: relay\` GitLab calls the [relay](relay.md), and no longer the chat:

${around(relayed, 'relay')}
## CI jobs

Jobs of the docker executor run in containers that join \`ci\` (\`network_mode\` in the runner's config.toml). They reach the
internet, and of the stack its front door alone: clones, artifacts and the API go through it, at
\`http://git.<name>.internal\` with the port of the front door that needs no TLS. Many programs, curl and git among them, take
\`*.localhost\` for their own machine (RFC 6761, 6.3), so the public name of a default stack is no use to them there.
Jobs of the shell executor run inside the runner's container, which is then in \`ci\` and nowhere else.
`;
};

export const networksPage = (): Page => page('docs/networks.md', 'Networks', 'src/stack/networks.ts', body());
