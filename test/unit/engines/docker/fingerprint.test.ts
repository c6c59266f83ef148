import { describe, expect, it } from 'vitest';
import { differences } from '../../../../src/engine/reconcile.ts';
import type { ContainerFacts, ImageFacts } from '../../../../src/engines/docker/containers.ts';
import { observedOf, wantedOf } from '../../../../src/engines/docker/fingerprint.ts';
import { aContainer, aProject, CONFINED } from '../../../fakes/fake-containers.ts';

const IMAGE: ImageFacts = {
  id: 'sha256:one',
  command: ['serve'],
  environment: { PATH: '/bin', LANG: 'C' },
  labels: {},
  architecture: 'amd64',
  digests: [],
};
const project = aProject({
  other: { networks: ['other'] },
  chat: {
    confinement: CONFINED,
    environment: { ROOT_URL: 'http://chat', PASSWORD: 's3cret' },
    ports: [{ target: 80, published: '8080', protocol: 'tcp', at: '' }],
    volumes: [
      { type: 'volume', source: 'data', target: '/data', readOnly: false },
      { type: 'bind', source: '/stack/nginx.conf', target: '/etc/nginx.conf', readOnly: true },
    ],
  },
});
const wanted = wantedOf('chat', project, IMAGE);

/** As Docker shows a container made of that. */
const asMade = (rest: Partial<ContainerFacts> = {}): ContainerFacts =>
  aContainer('chat', {
    command: ['serve'],
    environment: { PATH: '/bin', LANG: 'C', ROOT_URL: 'http://chat', PASSWORD: 's3cret' },
    ports: ['8080:80/tcp'],
    mounts: ['bind /stack/nginx.conf → /etc/nginx.conf (read-only)', 'volume demo_data → /data'],
    confinement: CONFINED,
    ...rest,
  });

const drift = (rest: Partial<ContainerFacts>): readonly string[] =>
  differences(wanted.fingerprint, observedOf(asMade(rest), IMAGE, wanted));

describe('a container against what compose.yaml wants', () => {
  it('is unchanged when Docker shows it as it was made', () => {
    expect(drift({})).toEqual([]);
  });

  it('is unchanged where the engine writes its limits in a form of its own, or the image names a user', () => {
    const cpu = { quota: 500_000_000, period: 1_000_000_000 };
    const confinement = { ...CONFINED, cpu, user: 'node', securityOptions: ['no-new-privileges', 'label=disable'] };
    expect(drift({ confinement })).toEqual([]);
  });

  it('is unchanged with what Podman gives every container by itself, and not where nobody says that it was Podman', () => {
    const given = { TERM: 'xterm', HOME: '/root', HOSTNAME: '3260b61535fa' };
    const { environment } = asMade();
    expect(drift({ environment: { ...environment, ...given, container: 'podman' } })).toEqual([]);
    expect(drift({ environment: { ...environment, ...given } })).toEqual(['environment']);
  });

  it.each<[string, Partial<ContainerFacts>]>([
    ['image', { image: 'image:0' }],
    ['image', { imageId: 'sha256:older' }],
    ['command', { command: ['serve', '--debug'] }],
    ['environment', { environment: { PATH: '/bin', LANG: 'C', ROOT_URL: 'http://other', PASSWORD: 's3cret' } }],
    ['environment', { environment: { PATH: '/bin', LANG: 'C', PASSWORD: 's3cret' } }],
    ['environment', { environment: { ...asMade().environment, EXTRA: 'by hand' } }],
    ['ports', { ports: ['8081:80/tcp'] }],
    ['mounts', { mounts: ['volume demo_data → /data'] }],
    ['networks', { networks: {} }],
    ['networks', { networks: { by_hand: '' } }],
    ['networks', { networks: { demo_net: '', demo_other: '' } }],
    ['limits', { confinement: { ...CONFINED, memoryBytes: 1024 ** 3 } }],
    ['limits', { confinement: { ...CONFINED, cpu: { quota: 100_000, period: 100_000 } } }],
    ['limits', { confinement: { ...CONFINED, mostProcesses: 4096 } }],
    ['rights', { confinement: { ...CONFINED, readOnly: false } }],
    ['rights', { confinement: { ...CONFINED, securityOptions: [] } }],
  ])('names %s as the cause, and it alone', (aspect, rest) => {
    expect(drift({ ...rest, configHash: 'another' })).toEqual([aspect]);
  });

  it('names its settings when Compose would replace it for something else', () => {
    expect(drift({ configHash: 'another' })).toEqual(['settings']);
  });

  it('is unchanged in one more network that is none of the stack’s, into which a user has put it', () => {
    expect(drift({ networks: { by_hand: '', demo_net: '' } })).toEqual([]);
  });

  it('holds no secret value', () => {
    expect(JSON.stringify([wanted.fingerprint, observedOf(asMade(), IMAGE, wanted)])).not.toContain('s3cret');
  });

  describe('on an engine whose Compose gives every container a proxy', () => {
    const everywhere = { HTTP_PROXY: 'http://proxy.example:3128' };
    const changed = (environment: Readonly<Record<string, string>>): readonly string[] => {
      const made = asMade();
      const container = { ...made, environment: { ...made.environment, ...environment } };
      return differences(wanted.fingerprint, observedOf(container, IMAGE, wanted, everywhere));
    };

    it('is unchanged with it, and without it', () => {
      expect(changed(everywhere)).toEqual([]);
      expect(changed({})).toEqual([]);
    });

    it('is changed with another one, which it was made with before', () => {
      expect(changed({ HTTP_PROXY: 'http://former.example:3128' })).toEqual(['environment']);
    });
  });

  it('is changed when its image is not here', () => {
    const away = wantedOf('chat', project, undefined);
    expect(differences(away.fingerprint, observedOf(asMade(), IMAGE, away))).toContain('image');
  });
});
