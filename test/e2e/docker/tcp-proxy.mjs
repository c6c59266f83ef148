/**
 * The engine's socket on a port of loopback, for suites that reach it as one on another machine: prints the port, runs
 * until its standard input ends. A process of its own: the suites wait for programs without turning their own loop.
 */
import { connect, createServer } from 'node:net';

const [, , socketPath] = process.argv;

/** Both ways, and half-closed as the engine's own streams are (`docker exec -i` ends its input first). */
const join = (from, to) => {
  from.pipe(to);
  from.on('error', () => to.destroy());
};

const server = createServer({ allowHalfOpen: true }, (outside) => {
  const engine = connect({ path: socketPath, allowHalfOpen: true });
  join(outside, engine);
  join(engine, outside);
});
server.listen(0, '127.0.0.1', () => process.stdout.write(`${server.address().port}\n`));
process.stdin.resume().on('end', () => process.exit(0));
