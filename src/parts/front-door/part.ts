import type { Config } from '../../config/config.ts';
import type { Part } from '../../contracts/part.ts';
import { frontDoorUrl, hostName } from '../../stack/public-urls.ts';
import type { HostSpec } from '../../stack/stack.ts';
import { frontDoorCauses } from './causes.ts';
import { nginxVhostKind } from './probes/nginx-vhost-kind.ts';
import { PAGE_PIECES } from './render/pages.ts';
import { nginxRenderer } from './render.ts';
import { nginx } from './service.ts';

const pages = (config: Config, label: string, title: string): HostSpec => ({
  label,
  name: hostName(config, label),
  url: frontDoorUrl(config, label),
  title,
  content: { kind: 'pages' },
  signature: label,
});

export const frontDoorPart: Part = {
  name: 'front-door',
  images: { nginx: { reference: 'nginx:1.28-alpine', about: 'the front door' } },
  timed: ['nginx'],
  limited: ['nginx'],
  causes: frontDoorCauses,
  surround: (config, draft) => {
    const own = [pages(config, 'www', 'Start page'), pages(config, 'hom', 'Home')];
    return { nodes: [nginx(config, draft, [...draft.hosts, ...own])], hosts: own };
  },
  renderers: [nginxRenderer],
  pieces: Object.values(PAGE_PIECES),
  players: async () => (await import('./players.ts')).frontDoorPlayers,
  probes: [nginxVhostKind],
  checks: async () => (await import('./checks.ts')).frontDoorChecks,
};
