/** Where there is no container to write the key file, it stands beside the data of the member. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Player } from '../../../contracts/players.ts';
import { withKeyFileAt } from '../key-file.ts';
import { MONGO_KEY } from '../secret-names.ts';

/** The server as `create` makes it, started with what its container would start. */
export const keyOnDisk =
  (create: Player): Player =>
  (context) => {
    const path = join(context.dir, 'mongo.key');
    const command = withKeyFileAt(context.command, path);
    if (command === undefined) return create(context);
    const { [MONGO_KEY]: key = '', ...env } = context.env;
    // It may be read by its owner alone, and so not be written again.
    rmSync(path, { force: true });
    writeFileSync(path, key, { mode: 0o400 });
    return create({ ...context, command, env });
  };
