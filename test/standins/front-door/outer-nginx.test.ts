/**
 * A front door behind a real nginx of others that ends TLS: both players of ours with the rendered configuration, behind
 * them the GitLab stand-in, which believes what the bundled nginx of an omnibus package would.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createHttp } from '../../../src/adapters/http.ts';
import { lookupWithLoopback } from '../../../src/adapters/lookup.ts';
import type { Config } from '../../../src/config/config.ts';
import type { Http } from '../../../src/contracts/http.ts';
import type { Answer } from '../../../src/contracts/probe.ts';
import { nginxRenderer, renderNginx } from '../../../src/parts/front-door/render.ts';
import { omnibusConfig } from '../../../src/parts/gitlab/omnibus.ts';
import { askForms } from '../../../src/parts/gitlab/probes/ask-forms.ts';
import { aConfig } from '../../builders/config.ts';
import { stackOf } from '../../builders/stack.ts';
import { have, leftOut } from '../../helpers/available.ts';
import { NEW_KEY } from '../../helpers/certificates.ts';
import { freePort } from '../../helpers/free-port.ts';
import { loopbackPlaces } from '../../helpers/nginx.ts';
import { house } from '../../helpers/pieces.ts';
import { type StartedGitLab, startGitLab } from '../gitlab/start-gitlab.ts';
import { type BackEnd, closeDoor, type Door, NGINX, openDoor, PLAYERS, startBackEnd, writeFiles } from './doors.ts';

const installed = have(NGINX, ['-v']) && have('openssl', ['version']);
if (!installed) leftOut('front door behind a second nginx with TLS', 'nginx or openssl is not there');

type Player = (typeof PLAYERS)[number];

/** What stands in chatops.yaml, and what the proxy before us passes on: values of `proxy_set_header`. */
interface Said {
  readonly outer: Pick<NonNullable<Config['public']>, 'scheme' | 'proxies'> | undefined;
  readonly host?: string;
  readonly proto?: string;
}

const NAMED: Said['outer'] = { scheme: 'https', proxies: ['127.0.0.0/8'] };

const outerConf = (
  dir: string,
  https: number,
  http: number,
  { host = '$http_host', proto = 'https' }: Said,
): string => `
pid ${dir}/nginx.pid;
error_log ${dir}/error.log;
events {}
http {
  access_log off;
  ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ${dir}/${kind};`).join(' ')}
  map $http_upgrade $connection_upgrade { default close; websocket upgrade; }
  server {
    listen 127.0.0.1:${https} ssl;
    ssl_certificate ${dir}/cert.pem;
    ssl_certificate_key ${dir}/key.pem;
    location / {
      proxy_pass http://127.0.0.1:${http};
      proxy_http_version 1.1;
      proxy_set_header Host ${host};
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto ${proto};
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
    }
  }
}
`;

interface Outer {
  readonly http: Http;
  stop(): void;
}

/** Its ports are open when this returns. */
const startOuter = (https: number, http: number, said: Said): Outer => {
  const dir = mkdtempSync(join(tmpdir(), 'outer-nginx-'));
  const subject = [...NEW_KEY, '-days', '2', '-subj', '/CN=*.chatops.localhost'];
  const names = ['-addext', 'subjectAltName=DNS:*.chatops.localhost'];
  const files = ['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', ...subject, ...names, ...files], { stdio: 'ignore' });
  writeFileSync(join(dir, 'nginx.conf'), outerConf(dir, https, http, said));
  execFileSync(NGINX, ['-c', join(dir, 'nginx.conf'), '-e', join(dir, 'error.log')], { stdio: 'ignore' });
  const ca = readFileSync(join(dir, 'cert.pem'), 'utf8');
  return {
    http: createHttp(lookupWithLoopback, () => createSecureContext({ ca })),
    stop: () => {
      process.kill(Number(readFileSync(join(dir, 'nginx.pid'), 'utf8')), 'SIGTERM');
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

interface Chain {
  readonly http: Http;
  readonly gitlab: StartedGitLab;
  /** Of a host, as users type it. */
  url(label: string): string;
  forms(): Promise<Answer>;
  stop(): Promise<void>;
}

/** @param backEnd of all hosts. Default: a GitLab */
const startChain = async (player: Player, said: Said, backEnd?: number): Promise<Chain> => {
  const [https, gitPort] = [await freePort(), await freePort()];
  const { outer } = said;
  const configAt = (port: number): Config =>
    aConfig({ ports: { http: port }, ...(outer === undefined ? {} : { public: { ...outer, port: https } }) });
  const door: Door = await openDoor(player, ({ dir, port }) => {
    const stack = stackOf(configAt(port));
    writeFiles(
      dir,
      Object.fromEntries(nginxRenderer.render({ stack, ...house }).map(({ path, text }) => [path, text])),
    );
    const places = loopbackPlaces({ dir, listen: `127.0.0.1:${port}`, backEnd: backEnd ?? gitPort });
    const { daemon: _daemon, ...process } = places.process;
    return renderNginx(stack, { ...places, process })[0]?.text ?? '';
  });
  const env = { GITLAB_OMNIBUS_CONFIG: omnibusConfig(configAt(door.port)) };
  const gitlab = await startGitLab({ port: gitPort, env });
  const { http, stop } = startOuter(https, door.port, said);
  const url = (label: string): string => `https://${label}.chatops.localhost:${https}`;
  return {
    http,
    gitlab,
    url,
    forms: () => askForms(http, url('git'), new AbortController().signal),
    stop: async () => {
      stop();
      await closeDoor(door);
      await gitlab.stop();
    },
  };
};

const whyNot = (answer: Answer): string =>
  answer.kind === 'cannot-tell' ? `${answer.error.what}; ${answer.error.why}` : answer.kind;

describe.runIf(installed).each(PLAYERS)('a front door (%s) behind a real proxy that ends TLS', (player) => {
  describe('named in chatops.yaml', () => {
    let chain: Chain;
    beforeAll(async () => {
      chain = await startChain(player, { outer: NAMED });
    });
    afterAll(() => chain.stop());

    test('lets forms through', async () => {
      expect(whyNot(await chain.forms())).toBe('ready');
    });

    test('has GitLab send browsers to the public address', async () => {
      const { headers } = await chain.http.request({ method: 'GET', url: `${chain.url('git')}/` });
      expect(headers.location).toBe(`${chain.url('git')}/users/sign_in`);
    });

    test('has GitLab give public addresses to clone from', async () => {
      const headers = { 'PRIVATE-TOKEN': chain.gitlab.token, 'Content-Type': 'application/json' };
      const to = { method: 'POST', url: `${chain.url('git')}/api/v4/projects`, headers };
      const { body } = await chain.http.request({ ...to, body: JSON.stringify({ name: 'cloned' }) });
      expect(JSON.parse(body)).toMatchObject({ http_url_to_repo: `${chain.url('git')}/root/cloned.git` });
    });

    test('shows pages of its own, with addresses that users can open', async () => {
      const page = await chain.http.request({ method: 'GET', url: `${chain.url('www')}/` });
      expect(page.headers).toMatchObject({ 'x-chatops-vhost': 'www' });
      expect(page.body).toContain(chain.url('git'));
    });
  });

  test.each<[string, Said]>([
    ['of which chatops.yaml says nothing', { outer: undefined }],
    ['that comes from another address than chatops.yaml says', { outer: { scheme: 'https', proxies: ['192.0.2.1'] } }],
    ['that chatops.yaml gives another scheme', { outer: { scheme: 'http', proxies: ['127.0.0.1'] } }],
  ])('%s: rejected forms are explained', async (_what, said) => {
    const chain = await startChain(player, said);
    try {
      expect(whyNot(await chain.forms())).toContain('does not match its external_url');
    } finally {
      await chain.stop();
    }
  });

  test('that keeps the Host for itself is found out', async () => {
    const chain = await startChain(player, { outer: NAMED, host: 'upstream.internal' });
    try {
      expect(whyNot(await chain.forms())).toContain('the front door knows no host');
    } finally {
      await chain.stop();
    }
  });

  test('that forwards another scheme breaks nothing: the configured one counts', async () => {
    const chain = await startChain(player, { outer: NAMED, proto: 'http' });
    try {
      expect(whyNot(await chain.forms())).toBe('ready');
    } finally {
      await chain.stop();
    }
  });

  test('passes WebSockets and deliveries on', async () => {
    const backEnd: BackEnd = await startBackEnd();
    const chain = await startChain(player, { outer: NAMED }, backEnd.port);
    try {
      // The back end switches without the key of the handshake: that it was asked to is what the answer shows.
      await expect(chain.http.upgrade({ url: `${chain.url('chat')}/websocket` })).rejects.toThrow('handshake key');
      const delivery = { method: 'POST', url: `${chain.url('chat')}/hooks/id/token`, body: '{}' };
      const heard = JSON.parse((await chain.http.request(delivery)).body) as { headers: Record<string, string> };
      expect(heard.headers).toMatchObject({ host: new URL(chain.url('chat')).host, 'x-forwarded-proto': 'https' });
    } finally {
      await chain.stop();
      await backEnd.stop();
    }
  });
});
