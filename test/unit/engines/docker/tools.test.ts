import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/contracts/event-sink.ts';
import type { ImageFacts, LabelledImage } from '../../../../src/engines/docker/containers.ts';
import { makeTools } from '../../../../src/engines/docker/tools/make-tools.ts';
import { oldTools } from '../../../../src/engines/docker/tools/old-tools.ts';
import { isCurrent } from '../../../../src/engines/docker/tools/own-tools.ts';
import { CONTENT_LABEL, contentOf } from '../../../../src/tools-image/description.ts';
import type { ToolsPackages } from '../../../../src/tools-image/tools-package.ts';
import { aToolsPackage, NO_PACKAGES, somePackages } from '../../../fakes/fake-packages.ts';

const reference = 'chatops-up/tools:0.1.0';
const X64 = aToolsPackage('amd64');

const anImage = (content: string, architecture = 'amd64'): ImageFacts => ({
  id: 'sha256:one',
  command: [],
  environment: {},
  labels: { [CONTENT_LABEL]: content },
  architecture,
  digests: [],
});

describe('our own image on the engine', () => {
  const own = { reference, packages: somePackages(X64) };

  it('is current when it was made from the package that is installed', () => {
    expect(isCurrent(reference, anImage(contentOf(X64.description)), own)).toBe(true);
  });

  it('is not current when it was made from another build under the same version', () => {
    expect(isCurrent(reference, anImage('of another build'), own)).toBe(false);
  });

  it('is taken as it is for a CPU whose package is not installed: there is nothing to compare it with', () => {
    expect(isCurrent(reference, anImage('of another build', 'arm64'), own)).toBe(true);
  });

  it('under a name that a user gave is theirs', () => {
    expect(isCurrent('registry.example/tools:1', anImage('anything'), own)).toBe(true);
  });
});

const making = async (packages: ToolsPackages, architecture: string, signal = new AbortController().signal) => {
  const events: Event[] = [];
  const loaded: number[] = [];
  let now = 0;
  const failure = await makeTools({ reference, packages }, ['tools', 'bot'], {
    containers: {
      facts: async () => ({ version: '28.0.0', memoryBytes: 1, architecture, dataRoot: '/' }),
      load: async (archive) => {
        let size = 0;
        for await (const chunk of archive) size += chunk.length;
        loaded.push(size);
      },
    },
    events: { emit: (event) => void events.push(event) },
    signal,
    now: () => {
      now += 300;
      return now;
    },
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { failure, events, loaded };
};

describe('making it', () => {
  it.each(['x86_64', 'amd64'])(
    'gives the engine an archive with the package for its CPU, which it calls %s',
    async (cpu) => {
      const { failure, loaded } = await making(somePackages(X64, aToolsPackage('arm64', 500_000)), cpu);
      expect(failure).toBeUndefined();
      expect(loaded).toHaveLength(1);
      expect(loaded[0]).toBeLessThan(10_000);
    },
  );

  it('takes the package for the CPU of the engine, not for ours', async () => {
    const { loaded } = await making(somePackages(X64, aToolsPackage('arm64', 500_000)), 'aarch64');
    expect(loaded[0]).toBeGreaterThan(500_000);
  });

  it('is reported at its begin and its end, with who waits for it and how much there is', async () => {
    const { events } = await making(somePackages(X64), 'x86_64');
    expect(events.at(0)).toMatchObject({ type: 'image', image: reference, nodes: ['tools', 'bot'], state: 'making' });
    expect(events.at(-1)).toMatchObject({
      state: 'made',
      progress: { bytes: 1_000, totalBytes: 1_000, layersThere: 1 },
    });
  });

  it('without the package names it, the CPU of the engine, the command that adds it and two other ways', async () => {
    const { failure, loaded } = await making(somePackages(X64), 'aarch64');
    expect(loaded).toEqual([]);
    expect(failure).toMatchObject({
      code: 'IMAGE_MISSING',
      what: `image ${reference} is not on the engine, and cannot be made there`,
      why: 'the engine runs on aarch64, and the package @chatops-up/tools-linux-arm64 is not installed',
      next: expect.stringMatching(/^`add tools for arm64` adds it; .*chatops-up tools export.*images\.tools/),
    });
  });

  it('for a CPU that there are no tools for says so', async () => {
    const { failure } = await making(NO_PACKAGES, 's390x');
    expect(failure).toMatchObject({ code: 'IMAGE_MISSING', why: expect.stringContaining('s390x') });
  });
});

describe('images of before', () => {
  const image = (names: readonly string[], used = false): LabelledImage => ({ id: `id of ${names}`, names, used });

  it('lose their names when no container is made from them', () => {
    const old = image(['chatops-up/tools:0.0.9', 'chatops-up/tools:0.0.9-aaaaaaaaaaaa']);
    expect(oldTools([old], reference)).toEqual(old.names);
  });

  it('without a name are removed by their id', () => {
    expect(oldTools([image([])], reference)).toEqual(['id of ']);
  });

  it.each([
    ['is the one that is wanted', image([reference, 'chatops-up/tools:0.1.0-bbbbbbbbbbbb'])],
    ['a container is made from', image(['chatops-up/tools:0.0.9'], true)],
    ['somebody gave a name of their own', image(['chatops-up/tools:0.0.9', 'registry.example/tools:1'])],
  ])('stay when it %s', (_, kept) => {
    expect(oldTools([kept], reference)).toEqual([]);
  });
});
