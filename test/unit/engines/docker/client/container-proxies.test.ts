import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { containerProxies } from '../../../../../src/engines/docker/client/container-proxies.ts';

const proxiesIn = (config: string | undefined, env: Readonly<Record<string, string>> = {}) => {
  const dir = mkdtempSync(join(tmpdir(), 'chatops-docker-config-'));
  if (config !== undefined) writeFileSync(join(dir, 'config.json'), config);
  return containerProxies({ DOCKER_CONFIG: dir, ...env });
};
const PROXY = { httpProxy: 'http://proxy.example:3128' };
const given = { HTTP_PROXY: PROXY.httpProxy, http_proxy: PROXY.httpProxy };

describe('proxies that Docker gives to containers', () => {
  it('are those of its config.json, with the hosts that do without', () => {
    expect(proxiesIn(JSON.stringify({ proxies: { default: { ...PROXY, noProxy: '.example' } } }))).toEqual({
      without: '.example',
      given,
    });
    expect(proxiesIn(JSON.stringify({ proxies: { default: PROXY } }))).toEqual({ without: '', given });
  });

  it('are those of the engine that is spoken to, where it has its own', () => {
    const host = 'tcp://engine.example:2375';
    const config = JSON.stringify({ proxies: { default: PROXY, [host]: { ...PROXY, noProxy: 'there' } } });
    expect(proxiesIn(config, { DOCKER_HOST: host })).toEqual({ without: 'there', given });
  });

  it('stand in variables of either spelling, for each protocol', () => {
    const all = { httpProxy: 'a', httpsProxy: 'b', ftpProxy: 'c', allProxy: 'd' };
    expect(proxiesIn(JSON.stringify({ proxies: { default: all } }))?.given).toEqual({
      ...{ HTTP_PROXY: 'a', http_proxy: 'a', HTTPS_PROXY: 'b', https_proxy: 'b' },
      ...{ FTP_PROXY: 'c', ftp_proxy: 'c', ALL_PROXY: 'd', all_proxy: 'd' },
    });
  });

  it.each([undefined, '{}', 'no JSON', '{"proxies":{"default":{"noProxy":"x"}}}'])('are none with %s', (config) => {
    expect(proxiesIn(config)).toBeUndefined();
  });
});
