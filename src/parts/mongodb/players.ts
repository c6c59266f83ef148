import { createMongodStandin } from '@chatops-up/standins/mongod';
import { findProgram } from '../../adapters/find-program.ts';
import type { ChoosePlayers } from '../../contracts/players.ts';
import { keyOnDisk } from './client/key-on-disk.ts';
import { createRealMongod } from './client/real-mongod.ts';

export const mongodbPlayers: ChoosePlayers = (env) => {
  const mongod = findProgram('mongod', 'CHATOPS_MONGOD', env);
  return {
    roles: {
      mongo: keyOnDisk(mongod === undefined ? createMongodStandin : (context) => createRealMongod(mongod, context)),
    },
    real: { mongo: 'mongod' },
  };
};
