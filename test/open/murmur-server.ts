/** The server of a chat that is none of ours: keeps messages as long as it runs and lets in whoever has a password. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';

interface Said {
  readonly id: string;
  readonly roomId: string;
  readonly text: string;
  readonly from: string;
}

/** RFC 6455, section 4.2.2. */
const switched = (key = ''): string => {
  const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  return `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`;
};

const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
};

export interface Murmur {
  readonly server: Server;
  readonly messages: Said[];
}

export const createMurmur = (): Murmur => {
  const messages: Said[] = [];
  const server = createServer(async (request, response) => {
    const [from = '', password = ''] = String(request.headers['x-murmur'] ?? '').split(' ');
    if (request.url === '/health') return response.end('ok');
    if (password === '') return response.writeHead(403).end();
    if (request.method === 'GET') return response.end(JSON.stringify(messages));
    const said = { id: `m${messages.length + 1}`, roomId: 'hall', text: await textOf(request), from };
    messages.push(said);
    return response.end(JSON.stringify(said));
  });
  server.on('upgrade', ({ headers }, socket) => socket.end(switched(headers['sec-websocket-key'])));
  return { server, messages };
};
