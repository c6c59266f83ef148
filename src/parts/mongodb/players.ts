import { findProgram } from '../../adapters/find-program.ts';
import type { ChoosePlayers, Player } from '../../contracts/players.ts';
import { keyOnDisk } from './client/key-on-disk.ts';

const standin: Player = async (context) => (await import('@chatops-up/standins/mongod')).createMongodStandin(context);

const real =
  (path: string): Player =>
  async (context) =>
    (await import('./client/real-mongod.ts')).createRealMongod(path, context);

export const mongodbPlayers: ChoosePlayers = (env) => {
  const mongod = findProgram('mongod', 'CHATOPS_MONGOD', env);
  return {
    roles: { mongo: keyOnDisk(mongod === undefined ? standin : real(mongod)) },
    real: { mongo: 'mongod' },
  };
};
