/** The command line of chatops-up: every command, option and its help. Parsed here, carried out in commands/. */
import { resolve } from 'node:path';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Invocation } from '../wiring/invocation.ts';
import { durationOption } from './duration-option.ts';

/** What the process is: handed in, so that the command line can be tested without one. */
export interface Process {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly isTerminal: boolean;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  readonly signal: AbortSignal;
  readonly version: string;
}

interface GlobalOptions {
  readonly dir?: string;
  readonly json?: boolean;
  readonly yes?: boolean;
  readonly engine?: Invocation['engine'];
  readonly set?: readonly string[];
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => {
  if (!value.includes('=')) throw new InvalidArgumentError('give it as key=value, e.g. ports.http=8081');
  return [...before, value];
};

const lineCount = (value: string): number => {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError('give a number of lines, e.g. 100');
  return Number(value);
};

const common = (command: Command): Command =>
  command
    .addOption(
      new Option('--dir <path>', 'the stack directory').env('CHATOPS_DIR').default('.', 'the working directory'),
    )
    .addOption(
      new Option('--engine <kind>', 'what runs the services')
        .choices(['auto', 'embedded', 'docker'])
        .env('CHATOPS_ENGINE')
        .default('auto'),
    )
    .option('--set <key=value>', 'change chatops.yaml before it is read (again and again)', collect)
    .option('--yes', 'ask nothing; every question gets its default')
    .option('--json', 'one JSON document, or one per line while running');

const invocationOf = (process: Process, options: GlobalOptions): Invocation => ({
  dir: resolve(process.cwd, options.dir ?? '.'),
  json: options.json ?? false,
  yes: options.yes ?? false,
  engine: options.engine ?? 'auto',
  set: options.set ?? [],
  env: process.env,
  interactive: process.isTerminal && !options.json && process.env.CI === undefined,
  out: process.out,
  err: process.err,
  signal: process.signal,
});

/** An unknown first word is taken for an argument of the default command, which wants none. */
const misunderstood = (thrown: CommanderError, argv: readonly string[], program: Command): ChatopsError => {
  const names = program.commands.map((command) => command.name());
  const word = argv.find((each) => !each.startsWith('-'));
  const isUnknown = thrown.code === 'commander.excessArguments' && word !== undefined && !names.includes(word);
  return new ChatopsError('USAGE', {
    what: 'the command line was not understood',
    why: isUnknown
      ? `there is no command ${JSON.stringify(word)}; there are ${names.join(', ')}`
      : thrown.message.replace(/^error: /, ''),
    cause: thrown,
  });
};

/** Runs the command line. @returns the exit status. @throws ChatopsError whatever a command throws; USAGE for a wrong line */
export const runProgram = async (process: Process): Promise<number> => {
  let status = 0;
  const run =
    (task: (invocation: Invocation, options: GlobalOptions & Record<string, unknown>) => Promise<number>) =>
    async (options: GlobalOptions & Record<string, unknown>): Promise<void> => {
      status = await task(invocationOf(process, options), options);
    };

  const program = new Command('chatops-up')
    .description('From nothing to a working, wired and proven ChatOps; run again, it changes nothing and says so.')
    .version(process.version, '-V, --version')
    .exitOverride()
    .configureOutput({ writeOut: process.out, writeErr: () => undefined })
    .showHelpAfterError(false);

  common(program.command('up', { isDefault: true }))
    .description('files, services, jobs and the proof of the conversation (the default command)')
    .option('--stay', 'embedded engine: keep the servers running until interrupted')
    .action(
      run(async (invocation, { stay }) =>
        (await import('./commands/up.ts')).upCommand(invocation, { stay: stay === true }),
      ),
    );

  common(program.command('plan'))
    .description('what `up` would do: files, services and product objects; changes nothing')
    .option('--detailed-exitcode', 'exit with 2 when there is something to do')
    .action(
      run(async (invocation, { detailedExitcode }) =>
        (await import('./commands/plan.ts')).planCommand(invocation, { detailedExitcode: detailedExitcode === true }),
      ),
    );

  common(program.command('render'))
    .description('write the files only: compose.yaml, nginx, runner, bot, .env')
    .action(run(async (invocation) => (await import('./commands/render.ts')).renderCommand(invocation)));

  common(program.command('status'))
    .description('which link of the chain is usable, and what drifted')
    .action(run(async (invocation) => (await import('./commands/status.ts')).statusCommand(invocation)));

  common(program.command('simulate').argument('[event]', 'what GitLab seems to tell, e.g. push'))
    .description('play an event of GitLab at the public address and show the message it becomes')
    .option('--list', 'name the events that can be played')
    .option('--file <path>', "replay a captured payload, or an entry of GitLab's delivery log")
    .option('--render', 'show the message without any server')
    .option('--room <name>', 'announce it in this room')
    .option('--form', 'send it form-encoded (payload=…), as old tutorials do')
    .option('--wait <time>', 'how long the message may take', durationOption, 10_000)
    .option('--public', 'ask published addresses only; nothing is started')
    .action((event: string | undefined, options: GlobalOptions & Record<string, unknown>) =>
      run(async (invocation) =>
        (await import('./commands/simulate.ts')).simulateCommand(invocation, {
          ...(event === undefined ? {} : { event }),
          ...(typeof options.file === 'string' ? { file: resolve(process.cwd, options.file) } : {}),
          ...(typeof options.room === 'string' ? { room: options.room } : {}),
          list: options.list === true,
          render: options.render === true,
          form: options.form === true,
          public: options.public === true,
          waitMs: Number(options.wait),
        }),
      )(options),
    );

  common(program.command('smoke'))
    .description('prove a live stack link by link; exit status 0 or 1, for pipelines')
    .option('--loop', 'also push → pipeline → runner → webhook → message, on a scratch project that is removed')
    .option('--junit <file>', 'write a JUnit report')
    .option('--deadline <time>', 'for all of it', durationOption, 120_000)
    .option('--public', 'ask published addresses only; nothing is started')
    .action(
      run(async (invocation, options) =>
        (await import('./commands/smoke.ts')).smokeCommand(invocation, {
          loop: options.loop === true,
          ...(typeof options.junit === 'string' ? { junit: resolve(process.cwd, options.junit) } : {}),
          deadlineMs: Number(options.deadline),
          public: options.public === true,
        }),
      ),
    );

  common(program.command('doctor').argument('[what]', '`network`: who reaches whom by name; without it everything'))
    .description('what is wrong: status, and who reaches whom inside the network')
    .action((what: string | undefined, options: GlobalOptions & Record<string, unknown>) =>
      run(async (invocation) => (await import('./commands/doctor.ts')).doctorCommand(invocation, { what }))(options),
    );

  const notifier = program.command('notifier').description('the script that tells of GitLab in the chat');
  common(
    notifier.command('test').argument('[folder]', 'captured deliveries as .json files; default: those of simulate'),
  )
    .description('messages of deliveries against those accepted before (folder/__messages__); no server is asked')
    .option('--update', 'accept the messages as they are now')
    .action(async (folder: string | undefined, options: GlobalOptions & { readonly update?: boolean }) => {
      const { notifierTestCommand } = await import('./commands/notifier-test.ts');
      status = await notifierTestCommand(invocationOf(process, options), {
        ...(folder === undefined ? {} : { deliveries: resolve(process.cwd, folder) }),
        update: options.update === true,
      });
    });

  common(program.command('rotate <secret>'))
    .description('a new value for hook-secret on both sides, without losing a delivery; then `up`')
    .action(async (what: string, options: GlobalOptions) => {
      status = await (await import('./commands/rotate.ts')).rotateCommand(invocationOf(process, options), what);
    });

  common(program.command('logs').argument('[service]', 'default: all of them'))
    .description('what the containers say, secrets taken out')
    .option('--follow', 'go on until interrupted')
    .option('--tail <lines>', 'how many of the last lines of each', lineCount, 100)
    .action((service: string | undefined, options: GlobalOptions & Record<string, unknown>) =>
      run(async (invocation) =>
        (await import('./commands/logs.ts')).logsCommand(invocation, {
          service,
          follow: options.follow === true,
          tail: Number(options.tail),
        }),
      )(options),
    );

  common(program.command('down'))
    .description('stop; keeps the data')
    .option('--volumes', 'also remove the data (says what will be lost and asks, or wants --yes)')
    .action(
      run(async (invocation, { volumes }) =>
        (await import('./commands/down.ts')).downCommand(invocation, { volumes: volumes === true }),
      ),
    );

  common(program.command('init'))
    .description('ask a few questions and write chatops.yaml')
    .action(run(async (invocation) => (await import('./commands/init.ts')).initCommand(invocation)));

  common(program.command('job <name>'))
    .description('one job of the stack, from inside its network: what the one-shot services of compose.yaml run')
    .requiredOption('--in-network', 'names are addresses, secrets are variables')
    .action(async (name: string, options: GlobalOptions) => {
      const { jobCommand } = await import('../programs/job.ts');
      status = await jobCommand(invocationOf(process, options), { name });
    });

  common(program.command('bot'))
    .description('the bot: answers in its rooms until it is stopped')
    .action(run(async (invocation) => (await import('../programs/bot.ts')).botCommand(invocation)));

  common(program.command('relay'))
    .description('tells a chat what GitLab delivers, until it is stopped; for chats that run no scripts')
    .option('--settings <file>', 'its settings, relative to --dir')
    .option('--state <directory>', 'where it keeps what it must remember, relative to --dir')
    .option('--port <number>', 'where it takes deliveries', Number)
    .action(
      run(async (invocation, { settings, state, port }) =>
        (await import('../programs/relay.ts')).relayCommand(invocation, {
          ...(typeof settings === 'string' ? { settings } : {}),
          ...(typeof state === 'string' ? { state } : {}),
          ...(typeof port === 'number' ? { port } : {}),
        }),
      ),
    );

  common(program.command('prober'))
    .description('answers probes from inside the network until it is stopped')
    .option('--stdio', 'any question on standard input, instead of a server for services of the table')
    .action(
      run(async (invocation, { stdio }) =>
        (await import('../programs/prober.ts')).proberCommand(invocation, { stdio: stdio === true }),
      ),
    );

  try {
    await program.parseAsync(process.argv, { from: 'user' });
    return status;
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return 0;
    throw misunderstood(thrown, process.argv, program);
  }
};
