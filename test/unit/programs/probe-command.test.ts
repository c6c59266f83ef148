/** `chatops-probe` as a user types it, outside of any stack. */
import { describe, expect, it } from 'vitest';
import { probeCommand } from '../../../src/programs/probe-command.ts';
import { OWN_VERSION } from '../../../src/values/own-version.ts';
import { outletTo } from '../../builders/outlet.ts';

const probe = async (argv: readonly string[], names: 'host' | 'network' = 'host') => {
  let said = '';
  const out = outletTo((text) => {
    said += text;
  });
  return { status: await probeCommand({ argv, env: {}, names, out }), said };
};

describe('the probe', () => {
  it.each([['-h'], ['--help'], ['help']])('shows how it is written at %s', async (word) => {
    const { status, said } = await probe([word]);
    expect(status).toBe(0);
    expect(said).toMatch(/^chatops-probe <what> <target>/);
  });

  it.each([['-V'], ['--version']])('says its version at %s', async (word) => {
    expect(await probe([word])).toEqual({ status: 0, said: `${OWN_VERSION}\n` });
  });

  it('says where the table of probes stands when there is none', async () => {
    const { status, said } = await probe(['all', 'mongo']);
    expect(status).toBe(64);
    expect(said).toMatch(/^there is no table of probes at \/etc\/chatops\/probes\.json: it stands in the containers/);
  });

  it('tells words that it does not understand apart from a server that is not ready', async () => {
    expect((await probe(['tcpp', 'mongo:27017'])).status).toBe(64);
    expect((await probe(['tcp', '127.0.0.1:1'])).status).toBe(1);
  });

  it('has 0 and 1 only where a HEALTHCHECK reads it', async () => {
    expect((await probe(['tcpp', 'mongo:27017'], 'network')).status).toBe(1);
  });
});
