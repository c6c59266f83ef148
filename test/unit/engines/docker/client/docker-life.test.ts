/** An engine that goes away while it is followed: a server of the test's own on a unix socket. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createContainers } from '../../../../../src/engines/docker/client/docker.ts';

const died = (second: number, exitCode: number): string =>
  `${JSON.stringify({
    Action: 'die',
    timeNano: second * 1e9,
    Actor: { ID: 'c1', Attributes: { exitCode: String(exitCode) } },
  })}\n`;

const STATE = { State: { Status: 'running', ExitCode: 0, OOMKilled: false } };

describe('the ends of containers, followed', () => {
  let dir: string;
  let server: Server;
  let stop: AbortController;
  /** Called with every stream of events that is opened, and the moment it is asked from. */
  let onEvents: (stream: ServerResponse, since: string | null) => void;

  const follow = async (): Promise<number[]> => {
    const ends: number[] = [];
    const containers = createContainers({ socketPath: join(dir, 'docker.sock') });
    await containers.followEnds('demo', ({ exitCode }) => ends.push(exitCode), stop.signal);
    return ends;
  };

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'engine-events-'));
    stop = new AbortController();
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine');
      response.writeHead(200, { 'Content-Type': 'application/json' });
      if (pathname.endsWith('/events')) onEvents(response, searchParams.get('since'));
      else response.end(JSON.stringify(STATE));
    });
    await new Promise<void>((resolve) => server.listen(join(dir, 'docker.sock'), resolve));
  });
  afterEach(async () => {
    stop.abort();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    rmSync(dir, { recursive: true, force: true });
  });

  it('a daemon that cuts the connection off is followed again, from the last end on, which is reported once', async () => {
    const asked: (string | null)[] = [];
    onEvents = (stream, since) => {
      asked.push(since);
      stream.write(died(10, 1));
      if (asked.length > 1) stream.write(died(11, 2));
      else setTimeout(() => stream.destroy(), 20);
    };
    const ends = await follow();
    await vi.waitFor(() => expect(ends).toEqual([1, 2]), 5_000);
    expect(asked).toEqual([null, '10']);
  });

  it('nobody is followed again after the run has let go', async () => {
    let streams = 0;
    onEvents = (stream) => {
      streams += 1;
      stream.write(died(10, 1));
    };
    const ends = await follow();
    await vi.waitFor(() => expect(ends).toEqual([1]));
    stop.abort();
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(streams).toBe(1);
  });
});
