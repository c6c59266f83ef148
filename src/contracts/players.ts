/** Who plays a service where there are no containers: a stand-in, or the real program where one is at hand. */
import type { RunningServer, ServerContext } from '@chatops-up/standins';
import type { Stack } from '../stack/stack.ts';
import type { Addresses } from './addresses.ts';

/**
 * Makes a server that does not run yet, for each start of one. Who plays with much to load loads it here: who is played is
 * asked by every command, and a server is made by few.
 */
export type Player = (context: ServerContext) => RunningServer | Promise<RunningServer>;

export interface Players {
  /** Role → who plays it. */
  readonly roles: Readonly<Record<string, Player>>;
  /** Role → name of the real program that plays it where it is found: `named`. Default: none. */
  readonly real?: Readonly<Record<string, string>>;
  /** Path in the stack directory → what stands there where every service is a place on the loopback. Default: none. */
  readonly files?: Readonly<Record<string, LoopbackFile>>;
}

/** The file's text. @throws ChatopsError CONFIG_INVALID for what its format cannot hold */
export type LoopbackFile = (stack: Stack, addresses: Addresses, folders: LoopbackFolders) => string;

export interface LoopbackFolders {
  /** The stack directory, absolute. */
  readonly stackDir: string;
  /** Where each service has a folder of its own name for its data, absolute. */
  readonly dataDir: string;
}

/** @param env of the process: which real programs may be used @throws ChatopsError USAGE */
export type ChoosePlayers = (env: Readonly<Record<string, string | undefined>>) => Players;
