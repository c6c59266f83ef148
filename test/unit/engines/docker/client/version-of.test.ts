/** Answers to `GET /version`, cut to what is read. Podman's is that of Debian 12; Docker Desktop's name is that of `docker version`. */
import { describe, expect, it } from 'vitest';
import { versionOf } from '../../../../../src/engines/docker/client/version-of.ts';

const DOCKER = {
  Platform: { Name: 'Docker Engine - Community' },
  Components: [{ Name: 'Engine', Version: '26.1.5' }],
  Version: '26.1.5',
  ApiVersion: '1.45',
  KernelVersion: '6.1.0-28-amd64',
};

describe('an engine that answers is called', () => {
  it('Docker, with its version and its kernel', () => {
    expect(versionOf(DOCKER)).toEqual({ called: 'Docker 26.1.5', api: '1.45', kernel: '6.1.0-28-amd64' });
  });

  it('Docker Desktop, whose version is the one that users see', () => {
    const answer = { ...DOCKER, Platform: { Name: 'Docker Desktop 4.34.2 (167172)' } };
    expect(versionOf(answer).called).toBe('Docker Desktop 4.34.2');
  });

  it('Podman, which answers as Docker does', () => {
    const Components = [{ Name: 'Podman Engine', Version: '4.3.1' }];
    const answer = { Platform: { Name: 'linux/amd64/debian-12' }, Components, Version: '4.3.1', ApiVersion: '1.41' };
    expect(versionOf(answer)).toEqual({ called: 'Podman 4.3.1', api: '1.41', kernel: '', namesAtGateways: true });
  });

  it('Docker when it says no more than Docker 20.10 does', () => {
    expect(versionOf({ Version: '20.10.24', ApiVersion: '1.41' }).called).toBe('Docker 20.10.24');
  });
});
