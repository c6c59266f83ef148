/** The program of the pages: plays them where there are no containers, and runs in the image of the suite that has some. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

export const PORT = 8091;

/** @param ink `none`: nothing can be read, and the log says why */
export const createPages = ({ dir, token, ink }) => {
  const file = join(dir, 'title');
  let title = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const write = async (request, response) => {
    if (request.headers['x-pages-token'] !== token) return response.writeHead(403).end();
    title = '';
    for await (const chunk of request) title += chunk;
    writeFileSync(file, title);
    return response.end();
  };
  if (ink === 'none') process.stderr.write('pages: out of ink\n');
  return createServer((request, response) => {
    response.setHeader('x-served-by', 'pages');
    if (request.method === 'PUT') return write(request, response);
    if (ink === 'none') return response.writeHead(503).end();
    return response.end(request.url === '/title' ? title : 'ok');
  });
};
