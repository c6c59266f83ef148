/**
 * Every error code of the project: what it means and the exit status it ends the program with.
 * Exit statuses follow sysexits where it has one (64 usage, 78 config), 124 is timeout(1)'s, 130 is 128 + SIGINT.
 */
export const EXIT = {
  ok: 0,
  failed: 1,
  drift: 2,
  usage: 64,
  config: 78,
  timedOut: 124,
  interrupted: 130,
} as const;

export type ExitName = keyof typeof EXIT;

export interface CatalogueEntry {
  /** One sentence for the error page: what this code stands for. */
  readonly meaning: string;
  /** What to do in general; an error of this code may carry a more exact next step. */
  readonly next: string;
  readonly exit: ExitName;
}

const entry = (exit: ExitName, meaning: string, next: string): CatalogueEntry => ({ exit, meaning, next });

export const CATALOGUE = {
  USAGE: entry('usage', 'the command line was not understood', 'read `chatops-up --help`'),
  CONFIG_INVALID: entry('config', 'chatops.yaml was refused', 'fix the named places and run the command again'),
  CONFIG_UNREADABLE: entry('config', 'chatops.yaml could not be read', 'check the path and the rights of the file'),
  CONFIG_MISSING: entry('config', 'there is no chatops.yaml', 'run `chatops-up init`, or name a directory with --dir'),
  CONFIG_TOO_LARGE: entry('config', 'chatops.yaml is too large to be a configuration', 'name the right file'),
  ENV_FILE_DAMAGED: entry('config', 'the .env file cannot be read as NAME=value lines', 'fix the named line'),
  SECRET_MISSING: entry('config', 'a secret that is needed has no value', 'set the variable in .env'),
  SECRET_REFUSED: entry('config', 'a secret breaks a rule of the program that reads it', 'set another value in .env'),
  GRAPH_CYCLE: entry('config', 'services wait for each other in a circle', 'take one gate out of the circle'),
  GRAPH_UNKNOWN_NODE: entry('config', 'a gate names a service or job that does not exist', 'correct the name'),
  DIRECTORY_UNUSABLE: entry(
    'failed',
    'the stack directory cannot be read or written',
    'check its rights, or use --dir',
  ),
  STACK_LOCKED: entry('failed', 'another run is working on this stack', 'wait for it, or end it'),
  PORT_TAKEN: entry('failed', 'a port the stack needs is in use', 'free the port, or set another one in chatops.yaml'),
  STATE_DAMAGED: entry('failed', 'a state file of ours cannot be read', 'move the named file away'),
  ENGINE_UNAVAILABLE: entry('failed', 'the wanted engine does not answer', 'start it, or use --engine embedded'),
  IMAGE_MISSING: entry(
    'failed',
    'an image is not here and cannot be fetched',
    'correct its name under `images:`, or log in to its registry',
  ),
  MACHINE_UNFIT: entry('failed', 'the machine lacks what the stack needs', 'see the named remedy'),
  GATE_TIMED_OUT: entry('timedOut', 'a gate did not open before its deadline', 'read the last answers of its probe'),
  GATE_FAILED: entry('failed', 'a probe met something that waiting cannot fix', 'fix the named cause'),
  SERVICE_FAILED: entry('failed', 'a service ended or could not be started', 'read its last lines'),
  JOB_FAILED: entry('failed', 'a job could not reach the wanted state', 'fix the named cause and run it again'),
  JOB_NOT_CONVERGING: entry(
    'failed',
    'a job applied its changes and still sees a difference',
    'report this with the plan',
  ),
  CONFLICT: entry('failed', 'something made by hand stands where ours should be', 'rename one of the two'),
  LOGIN_REFUSED: entry('failed', 'a user name or password was refused', 'compare .env with the account'),
  SECOND_FACTOR_NEEDED: entry('failed', 'the server wants a second factor we cannot give', 'see the named setting'),
  PERMISSION_MISSING: entry('failed', 'an account or token lacks a right', 'give it the named right'),
  TOKEN_INVALID: entry('failed', 'a token is unknown, expired or revoked', 'put a living one into .env'),
  RATE_LIMITED: entry('failed', 'a server refused because of too many requests', 'wait for the named time'),
  UNREACHABLE: entry('failed', 'a server could not be reached', 'check the address and that it runs'),
  UNEXPECTED_ANSWER: entry(
    'failed',
    'a server answered something we do not understand',
    'check that it is the right server',
  ),
  OUTBOUND_BLOCKED: entry('failed', 'GitLab refuses to call the chat', 'allow the address in its outbound settings'),
  DELIVERY_REFUSED: entry(
    'failed',
    'the chat refuses a delivery of GitLab',
    'run `chatops-up status`, then `chatops-up up`',
  ),
  MESSAGE_MISSING: entry('failed', 'a delivery was taken and no message was seen', 'run `chatops-up plan`'),
  DEADLINE_PASSED: entry('timedOut', 'the whole of a run took longer than it may', 'allow more with --deadline'),
  INTERRUPTED: entry('interrupted', 'stopped by a signal', 'run the command again: it goes on where it stopped'),
  INTERNAL: entry('failed', 'a fault of ours', 'please report it with the text above'),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof CATALOGUE;
