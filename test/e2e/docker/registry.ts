/** A registry of images on this machine, as far as an engine asks one (OCI distribution specification, "Pull"). */

import { execFileSync } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker } from './containers.ts';

export interface TestRegistry {
  /** `127.0.0.1:40123`: engines speak plain HTTP to the loopback. */
  readonly host: string;
  /** Blobs and manifests that were given out. */
  readonly given: () => number;
  close(): void;
}

export interface RegistryOptions {
  /** Of the engine: given out under every name and tag. Default: no tag is known. */
  readonly image?: string;
  /** `user:password` that it wants. Default: none. */
  readonly login?: string;
}

interface Stored {
  readonly dir: string;
  readonly digest: string;
}

const store = async (image: string): Promise<Stored> => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-registry-'));
  await docker('save', '--output', join(dir, 'image.tar'), image);
  execFileSync('tar', ['-C', dir, '-xf', join(dir, 'image.tar')]);
  rmSync(join(dir, 'image.tar'));
  const index = JSON.parse(readFileSync(join(dir, 'index.json'), 'utf8')) as { manifests: { digest: string }[] };
  return { dir, digest: index.manifests[0]?.digest ?? '' };
};

const UNKNOWN = '{"errors":[{"code":"MANIFEST_UNKNOWN","message":"manifest unknown"}]}';
const UNAUTHORIZED = '{"errors":[{"code":"UNAUTHORIZED","message":"authentication required"}]}';

export const aRegistry = async ({ image, login }: RegistryOptions = {}): Promise<TestRegistry> => {
  const stored = image === undefined ? undefined : await store(image);
  const wanted = login === undefined ? undefined : `Basic ${Buffer.from(login).toString('base64')}`;
  let given = 0;
  const server = createServer(({ url = '', method, headers }, response) => {
    if (wanted !== undefined && headers.authorization !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="test"', 'content-type': 'application/json' });
      return response.end(UNAUTHORIZED);
    }
    if (url === '/v2/') return response.end('{}');
    const [, kind, name = ''] = /\/(manifests|blobs)\/([^/]+)$/.exec(url) ?? [];
    const digest = name.startsWith('sha256:') ? name : (stored?.digest ?? '');
    const path = stored && join(stored.dir, 'blobs', 'sha256', digest.replace('sha256:', ''));
    if (path === undefined || kind === undefined || !existsSync(path)) {
      response.writeHead(404, { 'content-type': 'application/json' });
      return response.end(UNKNOWN);
    }
    response.writeHead(200, {
      'content-type': kind === 'manifests' ? 'application/vnd.oci.image.manifest.v1+json' : 'application/octet-stream',
      'content-length': statSync(path).size,
      'docker-content-digest': digest,
    });
    if (method === 'HEAD') return response.end();
    given += 1;
    createReadStream(path).pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    given: () => given,
    close: () => {
      server.close();
      server.closeAllConnections();
      if (stored) rmSync(stored.dir, { recursive: true });
    },
  };
};
