/** The stack as this engine must run it: what its machine, and its kind of engine, make necessary for containers. Pure. */
import { servicesOf } from '../../stack/services-of.ts';
import type { ServiceNode, Stack, StackNode } from '../../stack/stack.ts';
import type { EngineVersion } from './engine-version.ts';
import { isTroubled } from './kernel.ts';

type Variables = Readonly<Record<string, string>>;

/** Docker hands these to every container that its command line or Compose makes. */
export interface ContainerProxies {
  /** Hosts that are reached without, as the user wrote them: `localhost,.example.com`; empty: none. */
  readonly without: string;
  /** What each container is given in which compose.yaml says nothing else, by variable; may hold a password. */
  readonly given: Variables;
}

const kernelVariables = ({ needs }: ServiceNode, { kernel }: EngineVersion): Variables =>
  needs.kernel && isTroubled(kernel, needs.kernel) ? needs.kernel.remedy : {};

/** Every name that containers of the stack call each other by. */
const ownNames = (stack: Stack): readonly string[] => [
  ...new Set(servicesOf(stack).flatMap(({ name, container }) => [name, ...container.aliases])),
];

const proxyVariables = (stack: Stack, proxies: ContainerProxies | undefined): Variables => {
  if (proxies === undefined) return {};
  const written = proxies.without.split(',').map((host) => host.trim());
  const hosts = new Set([...written, 'localhost', '127.0.0.1', ...ownNames(stack)]);
  const list = [...hosts].filter((host) => host !== '').join(',');
  // Programs read either spelling; Compose sets both.
  return { NO_PROXY: list, no_proxy: list };
};

/** The very same one where its machine makes nothing necessary. */
export const fittedStack = (stack: Stack, engine: EngineVersion, proxies: ContainerProxies | undefined): Stack => {
  const around = proxyVariables(stack, proxies);
  const fit = (node: StackNode): StackNode => {
    if (node.kind !== 'service') return node;
    const { container } = node;
    const variables = { ...around, ...kernelVariables(node, engine) };
    const command = engine.namesAtGateways ? container.commandByResolvConf : undefined;
    if (Object.keys(variables).length === 0 && command === undefined) return node;
    const environment = { ...variables, ...container.environment };
    return { ...node, container: { ...container, environment, ...(command && { command }) } };
  };
  const nodes = stack.nodes.map(fit);
  return nodes.every((node, at) => node === stack.nodes[at]) ? stack : { ...stack, nodes };
};
