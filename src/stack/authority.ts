/** Authorities of the user's own, for every container of ours that may ask an address with TLS. */
import type { Config } from '../config/config.ts';
import type { StackNode, VolumeMount } from './stack.ts';
import { stackFile } from './stack-file.ts';

export const AUTHORITY_TARGET = '/etc/chatops/authority.pem';

/** Node reads it when it starts, and so does what our own programs are compiled by. */
const VARIABLE = 'NODE_EXTRA_CA_CERTS';

/** Jobs, and services that ask for it, get the file and the variable that names it. */
export const withAuthority = (nodes: readonly StackNode[], { authority }: Config): readonly StackNode[] => {
  if (authority === undefined) return nodes;
  const mount: VolumeMount = { source: stackFile(authority), target: AUTHORITY_TARGET, readOnly: true };
  return nodes.map((node) => {
    if (node.kind === 'job') {
      return { ...node, volumes: [...(node.volumes ?? []), mount], environment: { [VARIABLE]: AUTHORITY_TARGET } };
    }
    if (!node.container.trustsAuthority) return node;
    const { container } = node;
    return {
      ...node,
      container: {
        ...container,
        environment: { ...container.environment, [VARIABLE]: AUTHORITY_TARGET },
        volumes: [...container.volumes, mount],
      },
    };
  });
};
