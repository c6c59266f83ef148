import { once } from 'node:events';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { openPulse, type Pulse } from '../../../src/programs/pulse.ts';

let pulse: Pulse | undefined;
afterEach(async () => pulse?.close());

describe('the pulse of a process', () => {
  it('takes a connection on the loopback, says nothing and ends it', async () => {
    pulse = await openPulse(0);
    const socket = connect(pulse.port, '127.0.0.1');
    let said = '';
    socket.on('data', (bytes: Buffer) => {
      said += bytes;
    });
    socket.write('{"id":1,"service":"gitlab"}\n');
    await once(socket, 'close');
    expect(said).toBe('');
  });

  it('is heard at no other address of the machine', async () => {
    pulse = await openPulse(0);
    const { port } = pulse;
    const others = Object.values(networkInterfaces())
      .flat()
      .flatMap((each) => (each !== undefined && !each.internal && each.family === 'IPv4' ? [each.address] : []));
    const answers = ['127.0.0.2', ...others].map(async (address) => {
      const socket = connect(port, address);
      const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
      return error.code;
    });
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['ECONNREFUSED']));
  });

  it('says which port is taken', async () => {
    pulse = await openPulse(0);
    await expect(openPulse(pulse.port)).rejects.toMatchObject({ code: 'PORT_TAKEN' });
  });
});
