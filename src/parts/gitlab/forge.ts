/** GitLab as a forge. */
import { baseUrl } from '../../contracts/addresses.ts';
import type { ForgeOf } from '../../contracts/forge.ts';
import type { Ports } from '../../contracts/ports.ts';
import { GITLAB } from './gitlab.ts';

export const createForgeOf =
  ({ client, addresses, secrets }: Pick<Ports, 'client' | 'addresses' | 'secrets'>): ForgeOf =>
  ({ target, token }, options = {}) =>
    client(GITLAB).connect({ url: baseUrl(addresses, target), token: secrets.read(token), ...options });
