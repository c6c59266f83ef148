/**
 * Every error code of the project: what it means and the exit status it ends the program with.
 * Exit statuses follow sysexits where it has one (64 usage, 78 config), 124 is timeout(1)'s, 130 is 128 + SIGINT, 141 is 128 + SIGPIPE.
 */
export const EXIT = {
  ok: 0,
  failed: 1,
  drift: 2,
  usage: 64,
  config: 78,
  timedOut: 124,
  interrupted: 130,
  /** 128 + SIGPIPE, as of a program that does not catch it. */
  readerGone: 141,
} as const;

export type ExitName = keyof typeof EXIT;

export interface CatalogueEntry {
  /** For the error page: what this code stands for. */
  readonly meaning: string;
  /** For the error page: what usually is behind it. One failure says its own cause. */
  readonly cause: string;
  /** What to do in general; an error of this code may carry a more exact next step. */
  readonly next: string;
  readonly exit: ExitName;
}

export const CATALOGUE = {
  USAGE: {
    exit: 'usage',
    meaning: 'the command line was not understood',
    cause: 'an unknown command or option, or a value of the wrong form',
    next: 'read `chatops-up --help`',
  },
  CONFIG_INVALID: {
    exit: 'config',
    meaning: 'chatops.yaml was refused',
    cause: 'YAML that cannot be read, an unknown key, a value out of its range, or a rule between two keys',
    next: 'fix the named places and run the command again',
  },
  CONFIG_UNREADABLE: {
    exit: 'config',
    meaning: 'chatops.yaml could not be read',
    cause: 'its rights, or something that is no regular file',
    next: 'check the path and the rights of the file',
  },
  CONFIG_MISSING: {
    exit: 'config',
    meaning: 'there is no chatops.yaml',
    cause: "another directory than the stack's, or a stack that was never begun",
    next: 'run `chatops-up init`, or name a directory with --dir',
  },
  CONFIG_TOO_LARGE: {
    exit: 'config',
    meaning: 'chatops.yaml is too large to be a configuration',
    cause: 'another file under its name',
    next: 'name the right file',
  },
  ENV_FILE_DAMAGED: {
    exit: 'config',
    meaning: 'the .env file cannot be read as NAME=value lines',
    cause: 'a line edited by hand: no name, a quote without its other half, a line break inside',
    next: 'fix the named line',
  },
  IMAGE_LOCK_DAMAGED: {
    exit: 'config',
    meaning: 'images.lock cannot be read as names of images with their digests',
    cause: 'a line edited by hand, or two lines for one image after a merge',
    next: 'fix the named line, or take the file away and run `chatops-up images lock`',
  },
  SECRET_MISSING: {
    exit: 'config',
    meaning: 'a secret that is needed has no value',
    cause: 'a line taken out of .env, or a token of an existing server that was never put in',
    next: 'set the variable in .env',
  },
  SECRET_REFUSED: {
    exit: 'config',
    meaning: 'a secret breaks a rule of the program that reads it',
    cause: 'too short, or characters that the program cannot take',
    next: 'set another value in .env',
  },
  GRAPH_CYCLE: {
    exit: 'config',
    meaning: 'services wait for each other in a circle',
    cause: 'gates of a part of your own',
    next: 'take one gate out of the circle',
  },
  GRAPH_UNKNOWN_NODE: {
    exit: 'config',
    meaning: 'a gate names a service or job that does not exist',
    cause: 'a name in a part of your own',
    next: 'correct the name',
  },
  DIRECTORY_UNUSABLE: {
    exit: 'failed',
    meaning: 'the stack directory cannot be read or written',
    cause: 'its rights, a read-only or full disk, or a file where a folder should be',
    next: 'check its rights, or use --dir',
  },
  STACK_LOCKED: {
    exit: 'failed',
    meaning: 'another run is working on this stack',
    cause: 'a second `up`, perhaps of another user or from another machine',
    next: 'wait for it, or end it',
  },
  PORT_TAKEN: {
    exit: 'failed',
    meaning: 'a port that the stack needs is in use',
    cause: 'another program of this machine, often another web server',
    next: 'free the port, or set another one in chatops.yaml',
  },
  STATE_DAMAGED: {
    exit: 'failed',
    meaning: 'a state file of ours cannot be read',
    cause: 'an edit by hand, or a disk that lost what was written',
    next: 'move the named file away',
  },
  ENGINE_UNAVAILABLE: {
    exit: 'failed',
    meaning: 'the wanted engine does not answer',
    cause: 'Docker does not run, DOCKER_HOST names another address, or its socket is not yours to use',
    next: 'start it, or use --engine embedded',
  },
  IMAGE_MISSING: {
    exit: 'failed',
    meaning: 'an image is not on this machine and cannot be fetched',
    cause: 'a wrong name, a registry that wants a login, or no way to it',
    next: 'correct its name under `images:`, or log in to its registry',
  },
  MACHINE_UNFIT: {
    exit: 'failed',
    meaning: 'the machine lacks what the stack needs',
    cause: 'too little memory or disk, or a CPU or kernel that a program cannot run on',
    next: 'follow the named remedy',
  },
  GATE_TIMED_OUT: {
    exit: 'timedOut',
    meaning: 'a gate did not open before its deadline',
    cause: 'a slow machine, or a server that starts and never becomes usable',
    next: 'read the last answers of its probe',
  },
  GATE_FAILED: {
    exit: 'failed',
    meaning: 'a probe met something that waiting cannot fix',
    cause: 'a wrong password, a revoked token, or another server at that address',
    next: 'fix the named cause',
  },
  SERVICE_FAILED: {
    exit: 'failed',
    meaning: 'a service ended or could not be started',
    cause: "its own settings, its data from another version, or the machine's limits",
    next: 'read its last lines',
  },
  JOB_FAILED: {
    exit: 'failed',
    meaning: 'a job could not reach the wanted state',
    cause: 'a server refused a change, or something it needs is not there',
    next: 'fix the named cause and run it again',
  },
  JOB_NOT_CONVERGING: {
    exit: 'failed',
    meaning: 'a job applied its changes and still sees a difference',
    cause: 'a server that takes a setting and keeps another one, or someone who changes it back',
    next: 'report this with the plan',
  },
  CONFLICT: {
    exit: 'failed',
    meaning: 'something made by hand stands where ours should be',
    cause: 'a user, room, project or hook of the same name that does not carry our mark',
    next: 'rename one of the two',
  },
  LOGIN_REFUSED: {
    exit: 'failed',
    meaning: 'a user name or password was refused',
    cause: 'a password changed in the server and not in .env, or the other way round',
    next: 'compare .env with the account',
  },
  SECOND_FACTOR_NEEDED: {
    exit: 'failed',
    meaning: 'the server wants a second factor that we cannot give',
    cause: 'two-factor login is enforced for our account',
    next: 'change the named setting',
  },
  PERMISSION_MISSING: {
    exit: 'failed',
    meaning: 'an account or token lacks a right',
    cause: 'a role or scope that was taken away or never given',
    next: 'give it the named right',
  },
  TOKEN_INVALID: {
    exit: 'failed',
    meaning: 'a token is unknown, expired or revoked',
    cause: 'the year of a token is over, or it was revoked in the server',
    next: 'put a valid one into .env',
  },
  RATE_LIMITED: {
    exit: 'failed',
    meaning: 'a server refused because of too many requests',
    cause: 'limits of the server, shared by all who use it from here',
    next: 'wait for the named time',
  },
  UNREACHABLE: {
    exit: 'failed',
    meaning: 'a server could not be reached',
    cause: 'a wrong address, a firewall, or a server that does not run',
    next: 'check the address and that it runs',
  },
  UNEXPECTED_ANSWER: {
    exit: 'failed',
    meaning: 'a server answered something that we do not understand',
    cause: 'another program at that address, a proxy between, or a version that we do not know',
    next: 'check that it is the right server',
  },
  OUTBOUND_BLOCKED: {
    exit: 'failed',
    meaning: 'the forge refuses to call the chat',
    cause: "its list of local addresses that webhooks may call lacks the chat's",
    next: 'allow the address in its outbound settings',
  },
  CHAT_READ_ONLY: {
    exit: 'failed',
    meaning: 'the chat takes no messages',
    cause: 'a server without a licence that cannot reach its vendor over the internet',
    next: 'let its container out to the named address and start it again, or give it a licence',
  },
  DELIVERY_REFUSED: {
    exit: 'failed',
    meaning: 'the chat refuses a delivery',
    cause: 'the webhook is gone or disabled, or its secret is another one',
    next: 'run `chatops-up status`, then `chatops-up up`',
  },
  MESSAGE_MISSING: {
    exit: 'failed',
    meaning: 'a delivery was taken and no message was seen',
    cause: "the webhook's script or room was changed by hand",
    next: 'run `chatops-up plan`',
  },
  DEADLINE_PASSED: {
    exit: 'timedOut',
    meaning: 'the whole of a run took longer than it may',
    cause: 'a slow machine or a slow network',
    next: 'allow more with --deadline',
  },
  INTERRUPTED: {
    exit: 'interrupted',
    meaning: 'stopped by a signal',
    cause: 'Ctrl-C, a closed terminal, or a machine that shuts down',
    next: 'run the command again; `up` goes on where it stopped',
  },
  INTERNAL: {
    exit: 'failed',
    meaning: 'a fault of ours',
    cause: 'something that we did not foresee',
    next: 'please report it with the text above',
  },
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof CATALOGUE;
