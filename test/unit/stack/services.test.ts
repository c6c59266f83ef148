import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endpointsOf, secretsOf } from '../../../src/contracts/probe-kinds.ts';
import { omnibusConfig, rubyString } from '../../../src/parts/gitlab/omnibus.ts';
import { OWN_SETTINGS_SCRIPT } from '../../../src/parts/gitlab/own-settings.ts';
import { TOKEN_SCRIPT } from '../../../src/parts/gitlab/token-script.ts';
import { settingsFor } from '../../../src/parts/rocketchat/settings.ts';
import { LOOPBACK } from '../../../src/stack/edges.ts';
import { aliveOf, questionsOf } from '../../../src/stack/questions.ts';
import { servicesOf } from '../../../src/stack/services-of.ts';
import type { ProbeSpec } from '../../../src/stack/stack.ts';
import { stackFile } from '../../../src/stack/stack-file.ts';
import { PROBE_KINDS } from '../../../src/wiring/probe-kinds.ts';
import { aConfig, rocketchatSettings } from '../../builders/config.ts';
import { aStack, jobNamed, serviceNamed } from '../../builders/stack.ts';

const tls = { certificate: 'certs/cert.pem', key: '/etc/key.pem' };

describe('mongo', () => {
  const { container, usable } = serviceNamed(aStack({ mongo: { set: 'ours' } }), 'mongo');

  test('runs as a member of the wanted set and listens to the others', () => {
    const command = container.command ?? [];
    expect(command.slice(command.indexOf('mongod'), -2)).toEqual(['mongod', '--replSet', 'ours', '--bind_ip_all']);
  });

  test('its readiness is the set-aware question, asked at its service name, not a ping', () => {
    expect(usable).toEqual({ what: 'mongo', endpoint: { service: 'mongo', port: 27017 } });
  });

  test('wants a login, with the key of the set from a variable that mongod itself does not have', () => {
    expect(container.environment).toEqual({ CHATOPS_MONGO_KEY: { secret: 'CHATOPS_MONGO_KEY' } });
    expect(container.command?.slice(-2)).toEqual(['--keyFile', '/dev/shm/mongo.key']);
    expect(container.command?.[2]).toContain('unset CHATOPS_MONGO_KEY');
  });

  test("has no credentials of the image's own, with which a temporary server would come first", () => {
    expect(JSON.stringify(container)).not.toContain('MONGO_INITDB');
  });
});

describe('rocketchat', () => {
  const { container } = serviceNamed(aStack(), 'rocketchat');

  test('has its environment from the configuration, the password by name', () => {
    expect(container.environment).toMatchObject({
      ROOT_URL: 'http://chat.chatops.localhost:8080',
      PORT: '3000',
      MONGO_URL: {
        secret: 'CHATOPS_MONGO_PASSWORD',
        text: 'mongodb://rocketchat:{}@mongo:27017/rocketchat?replicaSet=rs0&authSource=admin',
      },
      ADMIN_USERNAME: 'chief',
      ADMIN_NAME: 'Chief',
      ADMIN_EMAIL: 'chief@chatops.localhost',
      ADMIN_PASS: { secret: 'CHATOPS_ADMIN_PASSWORD' },
      HTTP_FORWARDED_COUNT: '1',
    });
  });

  test('settings come by the environment at every start, so that no second factor is asked for', () => {
    expect(container.environment).toMatchObject({
      OVERWRITE_SETTING_Accounts_TwoFactorAuthentication_Enforce_Password_Fallback: 'false',
      OVERWRITE_SETTING_Show_Setup_Wizard: 'completed',
    });
  });

  test('new users are not opted into mailed codes', () => {
    expect(container.environment.OVERWRITE_SETTING_Accounts_TwoFactorAuthentication_By_Email_Auto_Opt_In).toBe('false');
  });

  test('the limiter is raised before the first call can be made', () => {
    expect(container.environment.OVERWRITE_SETTING_API_Enable_Rate_Limiter_Limit_Calls_Default).toBe('600');
  });

  test('is given the licence that .env holds, and nothing by that name without one', () => {
    const licensed = serviceNamed(aStack({ chat: { settings: rocketchatSettings({ licensed: true }) } }), 'rocketchat')
      .container.environment;
    expect(licensed.ROCKETCHAT_LICENSE).toEqual({ secret: 'ROCKETCHAT_LICENSE' });
    expect(Object.keys(container.environment)).not.toContain('ROCKETCHAT_LICENSE');
  });

  test('never runs in test mode, which makes a backdoor administrator', () => {
    expect(Object.keys(container.environment)).not.toContain('TEST_MODE');
  });

  test('has each setting verified by the setup job as well', () => {
    expect(jobNamed(aStack(), 'rocketchat-setup').job.settings).toEqual(settingsFor(aConfig()));
    expect(Object.keys(container.environment).filter((name) => name.startsWith('OVERWRITE_'))).toHaveLength(
      Object.keys(settingsFor(aConfig())).length,
    );
  });
});

describe('gitlab', () => {
  test('is configured for its public address, plain HTTP inside', () => {
    const ruby = omnibusConfig(aConfig({ tls, ports: { https: 443, ssh: 2200 } }));
    expect(ruby.split('\n').slice(0, 9)).toEqual([
      "external_url 'https://git.chatops.localhost'",
      "gitlab_rails['nginx']['listen_port'] = 80",
      "gitlab_rails['nginx']['listen_https'] = false",
      "gitlab_rails['nginx']['real_ip_trusted_addresses'] = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']",
      "gitlab_rails['nginx']['real_ip_header'] = 'X-Forwarded-For'",
      "gitlab_rails['nginx']['real_ip_recursive'] = 'on'",
      "letsencrypt['enable'] = false",
      "gitlab_rails['gitlab_shell_ssh_port'] = 2200",
      "gitlab_rails['monitoring_whitelist'] = ['127.0.0.0/8', '::1/128', '10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16']",
    ]);
  });

  test('its external URL carries the scheme and port that browsers use', () => {
    expect(omnibusConfig(aConfig())).toContain("external_url 'http://git.chatops.localhost:8080'");
    expect(omnibusConfig(aConfig({ tls }))).toContain("external_url 'https://git.chatops.localhost:8443'");
  });

  test('containers of the stack may ask its health, and the loopback still may', () => {
    expect(omnibusConfig(aConfig())).toMatch(/monitoring_whitelist'\] = \['127\.0\.0\.0\/8', '::1\/128', '10\./);
  });

  test.each([
    ['gitlab/gitlab-ce:19.3.0-ce.0', "gitlab_rails['nginx']['listen_port']"],
    ['gitlab/gitlab-ce:19.2.1-ce.0', "gitlab_rails['nginx']['listen_port']"],
    ['gitlab/gitlab-ce:20.0.0-ce.0', "gitlab_rails['nginx']['listen_port']"],
    ['gitlab/gitlab-ce:19.1.4-ce.0', "\nnginx['listen_port']"],
    ['gitlab/gitlab-ce:18.11.0-ce.0', "\nnginx['listen_port']"],
    ['mirror.example.org:5000/gitlab', "\ngitlab_rails['nginx']['listen_port']"],
    ['gitlab/gitlab-ce:latest', "\ngitlab_rails['nginx']['listen_port']"],
  ])('%s gets the spelling of its version', (gitlab, spelling) => {
    expect(omnibusConfig(aConfig({ images: { gitlab } }))).toContain(spelling);
  });

  test('quotes Ruby so that nothing inside is evaluated', () => {
    expect(rubyString(`it's #{1 + 1} \\ "x"`)).toBe(`'it\\'s #{1 + 1} \\\\ "x"'`);
  });

  test('its readiness is ours, from inside and then with the token', () => {
    expect(serviceNamed(aStack(), 'gitlab').usable).toEqual({
      what: 'gitlab',
      target: { kind: 'service', endpoint: { service: 'gitlab', port: 80 } },
      token: 'CHATOPS_GITLAB_READ_TOKEN',
      inside: true,
    });
  });

  test('has room for its metrics files and its SSH port published', () => {
    const { container } = serviceNamed(aStack({ ports: { ssh: 2022 } }), 'gitlab');
    expect(container.shmSizeMb).toBe(256);
    expect(container.publishes).toEqual({ 22: 2022 });
  });
});

describe('the script before the configuration', () => {
  const start = (text: string | undefined) => {
    const dir = mkdtempSync(join(tmpdir(), 'chatops-gitlab-rb-'));
    if (text !== undefined) writeFileSync(join(dir, 'gitlab.rb'), text);
    const script = OWN_SETTINGS_SCRIPT.replaceAll('/etc/gitlab/', `${dir}/`);
    return spawnSync('bash', ['--norc', '-ec', 'eval "$SCRIPT"; echo started'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH ?? '', SCRIPT: script },
    });
  };

  test('reports that a gitlab.rb edited by hand overrides the configuration, and goes on', () => {
    const { stdout, stderr, status } = start("# a comment\nexternal_url 'http://elsewhere'\n");
    expect({ stdout, status }).toEqual({ stdout: 'started\n', status: 0 });
    expect(stderr).toContain('gitlab.rb holds settings of its own');
  });

  test.each([['## only\n# comments\n\n'], [undefined]])('is silent about %j', (text) => {
    expect(start(text)).toMatchObject({ stdout: 'started\n', stderr: '', status: 0 });
  });
});

describe('the script that presets the first token', () => {
  let dir = '';
  const marker = () => join(dir, '.chatops-token');
  const calls = () => readFileSync(join(dir, 'calls'), 'utf8');

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'chatops-token-'));
    const rails = join(dir, 'gitlab-rails');
    writeFileSync(rails, `#!/bin/sh\nprintf '%s|' "$@" >>${dir}/calls\n[ ! -e ${dir}/broken ]\n`);
    chmodSync(rails, 0o755);
    writeFileSync(join(dir, 'calls'), '');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  /** As the container does: the text is evaluated by a shell that ends at the first failure. */
  const start = (token: string, readToken = 'glpat-rrrrrrrrrrrrrr') =>
    spawnSync('bash', ['--norc', '-ec', 'eval "$SCRIPT"; echo started'], {
      encoding: 'utf8',
      env: {
        PATH: `${dir}:${process.env.PATH ?? ''}`,
        SCRIPT: TOKEN_SCRIPT.replaceAll('/var/opt/gitlab/', `${dir}/`),
        CHATOPS_GITLAB_TOKEN: token,
        CHATOPS_GITLAB_READ_TOKEN: readToken,
      },
    });

  test('runs Ruby once, whose text and arguments do not hold the value', () => {
    expect(start('glpat-aaaaaaaaaaaaaa')).toMatchObject({ stdout: 'started\n', stderr: '', status: 0 });
    expect(calls()).toMatch(/^runner\|\{\n {2}"CHATOPS_GITLAB_TOKEN" => \["chatops-up", \["api", "admin_mode"\]\],/);
    expect(calls()).not.toContain('glpat-');
    expect(readFileSync(marker(), 'utf8')).not.toContain('glpat-');
  });

  test('does not start Rails again for the same value', () => {
    const before = calls();
    start('glpat-aaaaaaaaaaaaaa');
    expect(calls()).toBe(before);
  });

  test('renews the date before a year is over', () => {
    const before = calls();
    const old = Date.now() / 1000 - 181 * 86_400;
    utimesSync(marker(), old, old);
    start('glpat-aaaaaaaaaaaaaa');
    expect(calls().length).toBeGreaterThan(before.length);
  });

  test.each([
    ['', 'glpat-bbbbbbbbbbbbbb', 'glpat-rrrrrrrrrrrrrr'],
    [' of the one that may only read', 'glpat-bbbbbbbbbbbbbb', 'glpat-ssssssssssssss'],
  ])('sets another value%s', (_, token, readToken) => {
    const before = calls();
    start(token, readToken);
    expect(calls().length).toBeGreaterThan(before.length);
  });

  test('lets GitLab start when it fails, says so, and tries again at the next start', () => {
    writeFileSync(join(dir, 'broken'), '');
    const failed = start('glpat-cccccccccccccc');
    expect(failed).toMatchObject({ stdout: 'started\n', status: 0 });
    expect(failed.stderr).toContain('the next start tries again');
    const before = calls();
    start('glpat-cccccccccccccc');
    expect(calls().length).toBeGreaterThan(before.length);
  });
});

describe('gitlab-runner', () => {
  const mounts = (executor: 'docker' | 'shell') =>
    serviceNamed(aStack({ runner: { executor } }), 'gitlab-runner').container.volumes.map(({ target }) => target);

  test('reaches the engine only when its jobs are containers', () => {
    expect(mounts('docker')).toEqual(['/etc/gitlab-runner', '/var/run/docker.sock']);
    expect(mounts('shell')).toEqual(['/etc/gitlab-runner']);
  });

  test('starts only when it has a token and GitLab answers', () => {
    const stack = aStack();
    expect(serviceNamed(stack, 'gitlab-runner').gates).toEqual([
      { node: 'runner-registration', until: 'done' },
      { node: 'nginx', until: 'started' },
    ]);
    expect(jobNamed(stack, 'runner-registration').gates).toEqual([{ node: 'gitlab', until: 'usable' }]);
  });
});

describe('nginx', () => {
  test('listens inside on the port it is published at, so that public addresses work between containers', () => {
    const { container } = serviceNamed(aStack({ ports: { http: 80 } }), 'nginx');
    expect(container.listens).toEqual([80]);
    expect(container.publishes).toEqual({ 80: 80 });
  });

  test('with TLS is probed on a third port that is not published', () => {
    const { container } = serviceNamed(aStack({ tls }), 'nginx');
    expect(container.listens).toEqual([8080, 8443, 8079]);
    expect(container.publishes).toEqual({ 8080: 8080, 8443: 8443 });
    expect(aStack({ tls, ports: { http: 8079, https: 8078 } }).door.inside).toBe(8077);
  });

  test('is ready when each virtual host bears the signature of its own back end', () => {
    const { usable } = serviceNamed(aStack(), 'nginx');
    const door = { service: 'nginx', port: 8080 };
    expect(usable).toEqual({
      what: 'all-of',
      probes: [
        ['chat', 'rocketchat', true],
        ['git', 'gitlab', false],
        ['www', 'www', false],
        ['hom', 'hom', false],
      ].map(([host, signature, webSocket]) => ({
        what: 'nginx-vhost',
        door,
        host: `${host}.chatops.localhost`,
        signature,
        webSocket,
      })),
    });
  });

  test('mounts the certificate from the stack directory or from where it stands', () => {
    const sources = serviceNamed(aStack({ tls }), 'nginx').container.volumes.map(({ source }) => source);
    expect(sources).toEqual(expect.arrayContaining(['./certs/cert.pem', '/etc/key.pem']));
    expect(['./a', '../a', 'a', '.hidden/a'].map(stackFile)).toEqual(['./a', '../a', './a', './.hidden/a']);
  });

  test('waits for nothing', () => {
    expect(serviceNamed(aStack(), 'nginx').gates).toEqual([]);
  });
});

test('the prober gets the secrets that the other probes name', () => {
  expect(serviceNamed(aStack(), 'prober').container.environment).toEqual({
    CHATOPS_BOT_PASSWORD: { secret: 'CHATOPS_BOT_PASSWORD' },
    CHATOPS_GITLAB_READ_TOKEN: { secret: 'CHATOPS_GITLAB_READ_TOKEN' },
    CHATOPS_MONGO_PROBE_PASSWORD: { secret: 'CHATOPS_MONGO_PROBE_PASSWORD' },
  });
});

describe('what is asked whether it is alive', () => {
  const all = [aStack(), aStack({ runner: { executor: 'shell' } }), aStack({ mongo: { members: 3 } })];
  const services = all.flatMap(servicesOf);

  test.each(services.map((service) => [service.name, service] as const))(
    'asks %s alone, and without a secret',
    (name, service) => {
      const alive = aliveOf(service) as ProbeSpec;
      const asked = endpointsOf(PROBE_KINDS, alive).map((endpoint) => endpoint.service);
      expect(asked.filter((each) => each !== name && each !== LOOPBACK)).toEqual([]);
      expect(secretsOf(PROBE_KINDS, alive)).toEqual([]);
    },
  );

  test('and never the same as whether it is usable, but for one that does nothing else', () => {
    const equal = services.filter((service) => {
      const { alive, usable } = questionsOf(service, 'containers');
      return JSON.stringify(alive) === JSON.stringify(usable);
    });
    expect([...new Set(equal.map(({ name }) => name))]).toEqual(['prober']);
  });
});
