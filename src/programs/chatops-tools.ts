/**
 * The program of the tools image, and of the volume it fills: called `chatops-probe` it is the probe, else it runs what
 * compose.yaml asks for: `install DIR`, `job NAME --in-network`, `bot`, `prober`, `relay`.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { EXIT } from '../errors/catalogue.ts';
import { ChatopsError, formatError, toChatopsError } from '../errors/chatops-error.ts';
import type { Invocation } from '../wiring/invocation.ts';

/** As the image's Dockerfile places them. */
const LIBRARIES = '/usr/lib/chatops';

const USAGE =
  'install DIR | job NAME --in-network [--json] | bot | prober [--stdio] | relay [--settings FILE] [--state DIR] [--port N]';

const usage = (why: string): ChatopsError =>
  new ChatopsError('USAGE', { what: 'the command line was not understood', why, next: USAGE });

const out = (text: string): void => void process.stdout.write(text);

const words = (argv: readonly string[]) => {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        'in-network': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        stdio: { type: 'boolean', default: false },
        port: { type: 'string' },
        settings: { type: 'string' },
        state: { type: 'string' },
      },
    });
  } catch (thrown) {
    throw usage(thrown instanceof Error ? thrown.message : String(thrown));
  }
};

const run = async (argv: readonly string[]): Promise<number> => {
  const { values, positionals } = words(argv);
  const [command, argument = ''] = positionals;
  const { interruptSignal } = await import('./interrupt.ts');
  const invocation: Invocation = {
    dir: process.cwd(),
    json: values.json,
    yes: true,
    engine: 'auto',
    set: [],
    env: process.env,
    interactive: false,
    out,
    err: (text) => void process.stderr.write(text),
    signal: interruptSignal(),
  };
  switch (command) {
    case 'install': {
      if (argument === '') throw usage('say where to');
      const { installCommand } = await import('./install.ts');
      return installCommand(invocation, { target: argument, program: process.execPath, libraries: LIBRARIES });
    }
    case 'job':
      if (argument === '') throw usage('say which job');
      return (await import('./job.ts')).jobCommand(invocation, { name: argument });
    case 'bot':
      return (await import('./bot.ts')).botCommand(invocation);
    case 'prober':
      return (await import('./prober.ts')).proberCommand(invocation, { stdio: values.stdio });
    case 'relay':
      return (await import('./relay.ts')).relayCommand(invocation, {
        ...(values.settings === undefined ? {} : { settings: values.settings }),
        ...(values.state === undefined ? {} : { state: values.state }),
        ...(values.port === undefined ? {} : { port: Number(values.port) }),
      });
    default:
      throw usage(command === undefined ? 'say what to do' : `there is no command ${command}`);
  }
};

/** How it was called decides; Bun's compiled programs tell it by argv0 alone. */
const main = async (): Promise<number> => {
  const argv = process.argv.slice(2);
  if (basename(process.argv0) === 'chatops-probe') {
    const { probeCommand } = await import('./probe-command.ts');
    return probeCommand({ argv, env: process.env, names: 'network', out });
  }
  try {
    return await run(argv);
  } catch (thrown) {
    const error = toChatopsError(thrown);
    const { errorToJson } = await import('../report/json.ts');
    if (argv.includes('--json')) out(`${JSON.stringify({ type: 'error', ...errorToJson(error) })}\n`);
    else process.stderr.write(`${formatError(error)}\n`);
    return error.code === 'INTERRUPTED' ? EXIT.interrupted : error.exitStatus;
  }
};

process.exit(await main());
