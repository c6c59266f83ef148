/** GitLab as a forge. */
import { baseUrl } from '../../contracts/addresses.ts';
import type { ForgeOf } from '../../contracts/forge.ts';
import type { Ports } from '../../contracts/ports.ts';

export const createForgeOf =
  ({ gitlab, addresses, secrets }: Pick<Ports, 'gitlab' | 'addresses' | 'secrets'>): ForgeOf =>
  ({ target, token }, options = {}) =>
    gitlab.connect({ url: baseUrl(addresses, target), token: secrets.read(token), ...options });
