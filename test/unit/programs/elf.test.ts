import { describe, expect, it } from 'vitest';
import { relocated } from '../../../src/programs/elf.ts';

const LOADER = '/lib64/ld-linux-x86-64.so.2';
const RPATH = '/usr/lib/chatops';

/** The least that a loader reads: three program headers, a dynamic section, two texts, and what a compiler appended. */
const aProgram = (): Buffer => {
  const program = Buffer.alloc(0x400);
  program.writeUInt32BE(0x7f454c46, 0);
  program[4] = 2;
  program[5] = 1;
  program.writeBigUInt64LE(0x40n, 0x20);
  program.writeUInt16LE(56, 0x36);
  program.writeUInt16LE(3, 0x38);
  const header = (index: number, type: number, offset: number, address: number, size: number): void => {
    const at = 0x40 + index * 56;
    program.writeUInt32LE(type, at);
    program.writeBigUInt64LE(BigInt(offset), at + 8);
    program.writeBigUInt64LE(BigInt(address), at + 16);
    program.writeBigUInt64LE(BigInt(size), at + 32);
  };
  header(0, 3, 0x200, 0x10200, LOADER.length + 1);
  header(1, 2, 0x240, 0x10240, 48);
  header(2, 1, 0, 0x10000, 0x400);
  program.write(`${LOADER}\0`, 0x200);
  const dynamic = (index: number, tag: number, value: number): void => {
    program.writeBigUInt64LE(BigInt(tag), 0x240 + index * 16);
    program.writeBigUInt64LE(BigInt(value), 0x248 + index * 16);
  };
  dynamic(0, 5, 0x10300);
  dynamic(1, 15, 1);
  program.write(`\0${RPATH}\0`, 0x300);
  program.write('what the compiler appended', 0x380);
  return program;
};

describe('a program that is to stand elsewhere', () => {
  it('names another loader and another folder, and nothing else of it has changed', () => {
    const before = aProgram();
    const after = relocated(before, { loader: '/opt/chatops/ld.so', libraries: '/opt/chatops/lib' });
    expect(after.toString('latin1', 0x200, 0x213)).toBe('/opt/chatops/ld.so\0');
    expect(after.toString('latin1', 0x301, 0x312)).toBe('/opt/chatops/lib\0');
    after.write(`${LOADER}\0`, 0x200);
    after.write(`${RPATH}\0`, 0x301);
    expect(after.equals(before)).toBe(true);
  });

  it('is refused when a name is longer than the old one: what follows would be overwritten', () => {
    const long = { loader: `/opt/${'x'.repeat(30)}`, libraries: '/opt' };
    expect(() => relocated(aProgram(), long)).toThrow(/longer than the 27 bytes/);
  });

  it.each([
    ['a script', Buffer.from('#!/bin/sh\n'.padEnd(100))],
    ['nothing', Buffer.alloc(0)],
  ])('is refused when it is %s', (_, program) => {
    expect(() => relocated(program, { loader: '/a', libraries: '/b' })).toThrow(/no 64-bit little-endian ELF/);
  });
});
