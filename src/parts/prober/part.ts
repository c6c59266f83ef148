import type { Part } from '../../contracts/part.ts';
import { secretsOf } from '../../contracts/probe-kinds.ts';
import { allQuestions } from '../../stack/questions.ts';
import { isVolume } from '../../stack/stack-file.ts';
import { prober } from './service.ts';

export const proberPart: Part = {
  name: 'prober',
  timed: ['prober'],
  limited: ['prober'],
  surround: (config, { nodes }, probes) => {
    const asked = nodes.flatMap((node) => (node.kind === 'service' ? allQuestions(node) : (node.holds ?? [])));
    const secrets = secretsOf(probes, ...asked);
    const volumes = nodes.flatMap((node) => (node.kind === 'job' ? (node.volumes ?? []) : [])).filter(isVolume);
    return { nodes: [prober(config, secrets, volumes)] };
  },
};
