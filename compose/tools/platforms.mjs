/** What the tools are built for: the runtime that the compiler puts the program into, and the C library it gets. */

/** A file of the C library that the runtime links to (readelf -d, Bun 1.4.5), the loader among them. */
const SHARED = ['libc.so.6', 'libdl.so.2', 'libm.so.6', 'libpthread.so.0'];

export const PLATFORMS = {
  'linux-x64': {
    architecture: 'amd64',
    runtime: '@oven/bun-linux-x64-baseline',
    target: 'bun-linux-x64-baseline',
    libraries: ['ld-linux-x86-64.so.2', ...SHARED],
    // Of the machine that builds: Debian's libc6.
    places: ['/lib64', '/lib/x86_64-linux-gnu', '/usr/lib/x86_64-linux-gnu', '/usr/lib64'],
    copyright: ['/usr/share/doc/libc6/copyright', '/usr/share/doc/glibc/copyright'],
  },
  'linux-arm64': {
    architecture: 'arm64',
    runtime: '@oven/bun-linux-aarch64',
    target: 'bun-linux-arm64',
    libraries: ['ld-linux-aarch64.so.1', ...SHARED],
    // Debian's libc6-arm64-cross.
    places: ['/usr/aarch64-linux-gnu/lib'],
    copyright: ['/usr/share/doc/libc6-arm64-cross/copyright', '/usr/share/doc/libc6/copyright'],
  },
};
