/** What goes wrong inside a mongod's container. Texts and statuses are mongod's own. */
import { lineWith, ofRole, type Recogniser } from '../../contracts/cause.ts';

/** 62: EXIT_NEED_UPGRADE of mongod. */
const dataOfAnotherVersion = ofRole('mongo', {
  name: 'data of another MongoDB',
  hopeless: true,
  recognise: ({ exit, log }) =>
    exit?.exitCode === 62 || /Wrong mongod version|invalid featureCompatibilityVersion/i.test(log)
      ? {
          what: 'the data in its volume are of another major version of MongoDB',
          next: 'set the image that they were made with under `images: { mongo: … }`, then go up one major at a time; or begin anew with `chatops-up down --volumes`',
        }
      : undefined,
});

/** 100: an uncaught exception at the start, among them a data folder that another mongod holds. */
const dataHeld = ofRole('mongo', {
  name: 'data held by another mongod',
  hopeless: true,
  recognise: ({ log }) =>
    /DBPathInUse|Another mongod instance is already running/i.test(log)
      ? {
          what: 'another mongod has its data folder open',
          next: 'stop the container that mounts the same volume (`docker ps --filter volume=…` names it)',
        }
      : undefined,
});

const keyFile = ofRole('mongo', {
  name: 'key file',
  hopeless: true,
  recognise: ({ log }) => {
    if (/security\.keyFile is required/i.test(log)) {
      return {
        what: 'users are switched on without a key file, which members of a set need to trust each other',
        next: 'take --auth away from the container and let `chatops-up up` start it as it should be: with a key file',
      };
    }
    return /permissions on .+ are too open/i.test(log)
      ? {
          what: `its key file may be read by others: ${lineWith(log, /permissions on .+ are too open/i)}`,
          next: 'make it readable for uid 999 alone (mode 400)',
        }
      : undefined;
  },
});

/** Code 18: .env has changed since. */
const otherPassword = ofRole('mongo', {
  name: 'another password',
  recognise: ({ said, log }) =>
    /AuthenticationFailed|Authentication failed/.test(`${said}\n${log}`)
      ? {
          what: 'it knows no user with that password, or has another key',
          next: 'run `chatops-up up`: it gives the members the key and the users the passwords that stand in .env',
        }
      : undefined,
});

/** 132 is 128 + SIGILL. */
const noAvx = ofRole('mongo', {
  name: 'CPU without AVX',
  hopeless: true,
  explains: 'machine',
  recognise: ({ exit, log }) =>
    exit?.exitCode === 132 || /requires a CPU with AVX/i.test(log)
      ? {
          what: `this machine's CPU lacks AVX, which MongoDB wants from 5.0 on`,
          next: "give the virtual machine the host's own CPU type (`host` in QEMU and Proxmox), or use a set elsewhere: `mongo: { kind: external }`",
        }
      : undefined,
});

const KERNEL = {
  what: 'MongoDB 8 does not run on the Linux kernel of the engine: versions 6.19.0 to 7.0.13 break how it takes memory (SERVER-121912)',
  next: 'run `chatops-up up` again, which starts it with GLIBC_TUNABLES=glibc.pthread.rseq=1 on such a kernel; or install Linux 7.0.14 or newer',
} as const;

/** Its own refusal at every start. */
const kernelRefused = ofRole('mongo', {
  name: 'kernel that it refuses',
  hopeless: true,
  explains: 'machine',
  recognise: ({ log }) => (/\b12257600\b|cannot start: Linux kernel versions/.test(log) ? KERNEL : undefined),
});

/** 139 is 128 + SIGSEGV: builds without that refusal end so, some 30 s after they have started. */
const kernelCrashed = ofRole('mongo', {
  name: 'kernel that it crashes on',
  explains: 'end',
  recognise: ({ exit }) =>
    exit?.exitCode === 139
      ? { ...KERNEL, what: `it crashed (SIGSEGV). If \`uname -r\` on the engine's machine says so: ${KERNEL.what}` }
      : undefined,
});

export const mongodbCauses: readonly Recogniser[] = [
  noAvx,
  kernelRefused,
  kernelCrashed,
  dataOfAnotherVersion,
  dataHeld,
  keyFile,
  otherPassword,
];
