import type { PreflightCheck } from './facts.ts';

export const engineIsNotInTheClear: PreflightCheck = ({ clearTo }) =>
  clearTo === undefined
    ? []
    : [
        {
          level: 'warning',
          code: 'ENGINE_UNAVAILABLE',
          what: `the engine at ${clearTo} is spoken to without TLS`,
          why: 'secrets of the containers cross the network readable, and everyone who reaches that port can rule the machine',
          next: 'use TLS (DOCKER_TLS_VERIFY=1, tcp://…:2376), or SSH (DOCKER_HOST=ssh://…)',
        },
      ];
