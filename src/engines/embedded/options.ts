import type { FaultRule } from '@chatops-up/standins';
import type { Addresses } from '../../contracts/addresses.ts';
import type { Players } from '../../contracts/players.ts';
import type { Secrets } from '../../contracts/secrets.ts';
import type { Stack } from '../../stack/stack.ts';

export interface EmbeddedEngineOptions {
  /** Absolute path of `.chatops/embedded`. */
  readonly dir: string;
  readonly why: string;
  readonly secrets: Secrets;
  /** Who plays which role; a role without a player is started by name only (nothing runs for it). */
  readonly players: Pick<Players, 'roles' | 'real'>;
  /** A mounted file as the service sees it; what names places, rendered for loopback. */
  readonly fileFor: (stack: Stack, addresses: Addresses, path: string) => Promise<string | undefined>;
  /** The key of chatops.yaml that a published port stands under, for messages. Default: none is named. */
  readonly portKey?: (port: number) => string | undefined;
  /** Simulated ms per real ms. Default 200. */
  readonly speed?: number;
  /** Service → faults it starts with. */
  readonly faults?: Readonly<Record<string, readonly FaultRule[]>>;
}
