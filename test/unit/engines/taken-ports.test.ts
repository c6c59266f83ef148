/** Ports that are taken, as users read it: all at once, with who has them and a free one. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { requirePorts, takenPortsError } from '../../../src/engines/embedded/taken-ports.ts';
import { formatError } from '../../../src/errors/chatops-error.ts';

const taken = { port: 8080, service: 'door', isPublished: true, key: 'ports.http', code: 'EADDRINUSE' };

describe('a taken port', () => {
  it('is named with its program, its key and a free one', () => {
    expect(formatError(takenPortsError([{ ...taken, owner: 'python3 (pid 12)', free: 8081 }]))).toBe(
      `PORT_TAKEN  port 8080 for door cannot be opened
  why   another program listens on it: python3 (pid 12)
  next  end that program (python3 (pid 12)), or run the command with \`--set ports.http=8081\` (it is free)`,
    );
  });

  it('whose program cannot be seen comes with how to find it', () => {
    expect(takenPortsError([taken]).next).toBe(
      "end that program (`ss -ltnp 'sport = :8080'` names it), or set another port under `ports:` in chatops.yaml",
    );
  });

  it('that others know by its number is no key of chatops.yaml', () => {
    const kept = { port: 20_001, service: 'mongo', isPublished: false, code: 'EADDRINUSE' };
    expect(takenPortsError([kept]).next).toMatch(/^end that program .*, or begin with new data/);
  });

  it('below 1024 wants root', () => {
    expect(takenPortsError([{ ...taken, port: 80, code: 'EACCES' }]).why).toBe('ports below 1024 need root');
  });
});

it('ports that are taken are reported all at once, each with one that is free and nobody else’s', async () => {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    ports.push((server.address() as AddressInfo).port);
  }
  const [http = 0, ssh = 0] = ports;
  const wanted = [
    { port: http, service: 'door', isPublished: true, key: 'ports.http' },
    { port: ssh, service: 'forge', isPublished: true, key: 'ports.ssh' },
  ];

  const refused = await requirePorts(wanted).catch((thrown: unknown) => thrown);

  for (const server of servers) server.close();
  expect(refused).toMatchObject({ code: 'PORT_TAKEN', what: '2 ports cannot be opened' });
  const { why, next } = refused as { readonly why: string; readonly next: string };
  expect(why).toMatch(new RegExp(`^${http} for door: another program .*\n${ssh} for forge: another program `));
  const free = [...next.matchAll(/--set ports\.\w+=(\d+)/g)].map(([, port]) => Number(port));
  expect(new Set([...free, http, ssh]).size).toBe(4);
  expect(await requirePorts(wanted)).toBeUndefined();
});

it.runIf(process.platform === 'linux')('a program that listens is known by its name and number', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const refused = await requirePorts([{ port, service: 'door', isPublished: true }]).catch((thrown: unknown) => thrown);
  server.close();
  expect(refused).toMatchObject({ why: expect.stringMatching(new RegExp(`: \\S.* \\(pid ${process.pid}\\)$`)) });
});
