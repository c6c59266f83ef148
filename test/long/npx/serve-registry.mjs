/**
 * `node serve-registry.mjs VERDACCIO CONFIG URL`: serves until its standard input ends. Verdaccio's own program says that
 * it listens before it does, and outlives who started it.
 */
import { createRequire } from 'node:module';

const [, , verdaccio, config, url] = process.argv;
const { port, hostname } = new URL(url);
const { runServer } = createRequire(import.meta.url)(verdaccio);

const server = await runServer(config, { listenArg: url });
server.listen(Number(port), hostname, () => process.stdout.write('the npm registry listens\n'));
process.stdin.resume().on('end', () => process.exit(0));
