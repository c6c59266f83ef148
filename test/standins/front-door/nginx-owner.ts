/** A process that owns an nginx: argv = program, directory, configuration. Lives until it is killed. */
import { createRealNginx } from '../../../src/parts/front-door/client/real-nginx.ts';
import { contextFor } from './doors.ts';

const [, , program = '', dir = '', conf = ''] = process.argv;
await createRealNginx(program, contextFor({ dir, port: 0, other: 0 }, conf)).start();
process.stdout.write('started\n');
setInterval(() => undefined, 1_000);
