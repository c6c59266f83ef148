/** Causes outside the programs: memory, disk, CPU, rights, ports. */
import { allWords, lineWith, type Recogniser } from '../../../../contracts/cause.ts';

const MIB = 1024 ** 2;
const mib = (bytes: number): string => `${Math.round(bytes / MIB)} MiB`;

const memoryLimit: Recogniser = {
  name: 'memory limit',
  explains: 'machine',
  recognise: ({ exit, memoryLimit: limit, service, spared }) => {
    if (!exit?.outOfMemory) return undefined;
    return limit > 0
      ? {
          what: `${service} was killed for memory: its container may use ${mib(limit)}`,
          next: `give it more in chatops.yaml: \`limits: { ${service}: { memory: 4g } }\` (\`none\`: no limit), then run \`chatops-up up\``,
        }
      : {
          what: `${service} was killed for memory: this machine has not enough for the stack`,
          next: ['give the machine (or Docker Desktop) more memory', ...spared].join(', or '),
        };
  },
};

/** 137 is 128 + SIGKILL. The engine's flag is missing where the kernel killed for the whole machine. */
const killed: Recogniser = {
  name: 'killed from outside',
  explains: 'end',
  recognise: ({ exit, service }) =>
    exit?.exitCode === 137 && !exit.outOfMemory
      ? {
          what: `${service} was killed with SIGKILL: by a user or program, or by the kernel when the whole machine ran out of memory`,
          next: 'look at `dmesg | grep -i "out of memory"`; if nothing stands there, run `chatops-up up` again',
        }
      : undefined,
};

/** V8's words when its own limit is reached; Node then ends with 134. */
const javascriptHeap: Recogniser = {
  name: 'JavaScript heap',
  explains: 'machine',
  recognise: ({ log, service }) =>
    /JavaScript heap out of memory/.test(log)
      ? {
          what: `${service} used up the memory that Node.js allows itself`,
          next: 'give the machine more memory, or raise `NODE_OPTIONS=--max-old-space-size` of that container',
        }
      : undefined,
};

const named = (volumes: readonly string[]): string => (volumes.length === 0 ? '' : ` (${volumes.join(', ')})`);

const volumeFull: Recogniser = {
  name: 'volume full',
  explains: 'machine',
  hopeless: true,
  recognise: (symptoms) =>
    /ENOSPC|no space left on device/i.test(allWords(symptoms))
      ? {
          what: `a volume of ${symptoms.service}${named(symptoms.volumes)}, or the disk under it, is full`,
          next: 'make room (`docker system df -v` shows volumes and images by size, `df -h` the disk), then run `chatops-up up` again',
        }
      : undefined,
};

const readOnly: Recogniser = {
  name: 'read-only volume',
  explains: 'machine',
  hopeless: true,
  recognise: (symptoms) =>
    /EROFS|read-only file system/i.test(allWords(symptoms))
      ? {
          what: `a volume of ${symptoms.service} can only be read`,
          next: 'a disk that met errors is often mounted read-only: look at `dmesg`, fix the disk, mount it again',
        }
      : undefined,
};

const noRight: Recogniser = {
  name: 'no right to a file',
  explains: 'end',
  recognise: (symptoms) => {
    const words = `${symptoms.engineSays}\n${symptoms.log}`;
    if (!/EACCES|permission denied/i.test(words)) return undefined;
    const owner = symptoms.runsAs;
    return {
      what: `${symptoms.service} has no right to a file: ${lineWith(words, /EACCES|permission denied/i)}`,
      next: `give the named file or volume to the user that the program runs as${owner === undefined ? '' : ` (uid ${owner} in the official image)`}`,
    };
  },
};

const addressInUse: Recogniser = {
  name: 'address in use',
  explains: 'end',
  recognise: (symptoms) => {
    const words = allWords(symptoms);
    if (!/EADDRINUSE|address already in use|port is already allocated/i.test(words)) return undefined;
    const line = lineWith(words, /EADDRINUSE|address already in use|port is already allocated/i);
    const port = /:(\d{2,5})\b(?!.*:\d{2,5}\b)/.exec(line)?.[1];
    return {
      what: `${symptoms.service} cannot open its port${port === undefined ? '' : ` ${port}`}: another program has it`,
      next: `end that program (\`ss -ltnp${port === undefined ? '' : ` 'sport = :${port}'`}\` names it), or set another port under \`ports:\` in chatops.yaml`,
    };
  },
};

/** 132 is 128 + SIGILL. */
const illegalInstruction: Recogniser = {
  name: 'illegal instruction',
  explains: 'machine',
  hopeless: true,
  recognise: ({ exit, service }) =>
    exit?.exitCode === 132
      ? {
          what: `${service} met an instruction that this machine's CPU does not have`,
          next: "give the virtual machine the host's own CPU type, or use an image built for an older CPU",
        }
      : undefined,
};

/** 126 and 127: Docker's own statuses for a command that cannot be run, or is not there. */
const cannotRun: Recogniser = {
  name: 'cannot be run',
  explains: 'machine',
  hopeless: true,
  recognise: (symptoms) => {
    const words = `${symptoms.engineSays}\n${symptoms.log}`;
    if (/exec format error/i.test(words)) {
      return {
        what: `the image of ${symptoms.service} is for another kind of CPU`,
        next: 'name an image for this machine under `images:` in chatops.yaml',
      };
    }
    const isMissing =
      symptoms.exit?.exitCode === 126 ||
      symptoms.exit?.exitCode === 127 ||
      /executable file not found|OCI runtime create failed/i.test(symptoms.engineSays);
    return isMissing
      ? {
          what: `the image of ${symptoms.service} lacks the program that it is to run`,
          next: 'check its name under `images:` in chatops.yaml: it must be an image of that very service',
        }
      : undefined;
  },
};

/** 143 is 128 + SIGTERM; a program that handles it ends with 0. */
const stopped: Recogniser = {
  name: 'stopped from outside',
  explains: 'end',
  recognise: ({ exit, service }) =>
    exit?.exitCode === 143
      ? {
          what: `${service} was stopped from outside (\`docker stop\`, \`docker compose stop\`, a restart of the machine)`,
          next: 'run `chatops-up up` again',
        }
      : undefined,
};

/** Among those that explain as much, the order counts. */
export const machineCauses: readonly Recogniser[] = [
  volumeFull,
  readOnly,
  memoryLimit,
  javascriptHeap,
  illegalInstruction,
  cannotRun,
  addressInUse,
  noRight,
  killed,
  stopped,
];
