/** Who reads which secret, read out of the graph, so that no list has to be kept by hand. */
import type { ReadSecret, SecretSpec } from '../config/secrets.ts';
import { type ProbeKinds, secretsOf } from '../contracts/probe-kinds.ts';
import { healthcheckOf } from './questions.ts';
import { secretNames } from './secret-names.ts';
import type { SecretName, StackNode } from './stack.ts';

/** Secrets that a node is given: by its environment, its HEALTHCHECK, or its job. */
export const secretsOfNode = (node: StackNode, probes: ProbeKinds): readonly SecretName[] =>
  node.kind === 'job'
    ? secretNames(node.job)
    : [
        ...Object.values(node.container.environment).flatMap((value) =>
          typeof value === 'string' ? [] : [value.secret],
        ),
        ...secretsOf(probes, healthcheckOf(node)),
      ];

export const readSecrets = (
  secrets: readonly SecretSpec[],
  nodes: readonly StackNode[],
  probes: ProbeKinds,
): readonly ReadSecret[] => {
  const read = nodes.map((node) => ({ name: node.name, secrets: new Set(secretsOfNode(node, probes)) }));
  return secrets.map((spec) => ({
    ...spec,
    readBy: read.flatMap(({ name, secrets: given }) => (given.has(spec.name) ? [name] : [])).sort(),
  }));
};
