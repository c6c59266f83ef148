import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/contracts/event-sink.ts';
import type { Containers, PullStep } from '../../../../src/engines/docker/containers.ts';
import { missingImages } from '../../../../src/engines/docker/pull/missing-images.ts';
import { type Layers, progressOf, withStep } from '../../../../src/engines/docker/pull/progress.ts';
import { type MissingImage, pullImages } from '../../../../src/engines/docker/pull/pull-images.ts';
import { readRefusal } from '../../../../src/engines/docker/pull/refusal.ts';
import { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import { createPlainReporter } from '../../../../src/report/plain.ts';
import { outletTo } from '../../../builders/outlet.ts';
import { aStack } from '../../../builders/stack.ts';
import { aProject } from '../../../fakes/fake-containers.ts';

const steps = (...all: readonly PullStep[]): Layers => all.reduce(withStep, new Map());

describe('how far an image is', () => {
  it('counts layers that are there, and the bytes of downloads', () => {
    const layers = steps(
      { layer: 'a', state: 'there' },
      { layer: 'b', state: 'downloading', received: 10, total: 100 },
      { layer: 'b', state: 'downloading', received: 60, total: 100 },
      { layer: 'c', state: 'waiting' },
    );
    expect(progressOf(layers)).toEqual({ layers: 3, layersThere: 1, bytes: 60, totalBytes: 100 });
  });

  it('takes a download that has ended for whole: its last bytes are never reported', () => {
    const layers = steps(
      { layer: 'b', state: 'downloading', received: 60, total: 100 },
      { layer: 'b', state: 'unpacking' },
    );
    expect(progressOf(layers)).toEqual({ layers: 1, layersThere: 0, bytes: 100, totalBytes: 100 });
  });

  it('never has more there than there is, whatever the engine says', () => {
    const step = fc.record({
      layer: fc.constantFrom('a', 'b'),
      state: fc.constantFrom('waiting', 'downloading', 'unpacking', 'there'),
    }) as fc.Arbitrary<PullStep>;
    fc.assert(
      fc.property(fc.array(step), (all) => {
        const { layers, layersThere, bytes, totalBytes } = progressOf(steps(...all));
        expect(layersThere).toBeLessThanOrEqual(layers);
        expect(bytes).toBeLessThanOrEqual(totalBytes);
      }),
    );
  });
});

describe('why an image cannot be fetched', () => {
  it.each([
    ['manifest for nginx:9.9 not found: manifest unknown: manifest unknown', /does not have that tag/],
    [
      "pull access denied for acme/x, repository does not exist or may require 'docker login'",
      /no such repository, or it is private/,
    ],
    [
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io: no such host',
      /does not reach Docker Hub/,
    ],
    ['Get "http://localhost:5999/v2/": dial tcp 127.0.0.1:5999: connect: connection refused', /does not reach/],
    ['Head "http://r:1/v2/x/manifests/1": no basic auth credentials', /no such repository, or it is private/],
    ['toomanyrequests: You have reached your pull rate limit', /no more images/],
    ['no matching manifest for linux/arm64/v8 in the manifest list entries', /this machine's CPU/],
    ['write /var/lib/docker/tmp/x: no space left on device', /disk under the engine is full/],
  ])('is read out of %s', (said, cause) => {
    expect(readRefusal('acme/x:1', said)?.what).toMatch(cause);
  });

  it('is not guessed', () => {
    expect(readRefusal('acme/x:1', 'something else')).toBeUndefined();
  });
});

describe('missing images', () => {
  it('are named with who wants them and where chatops.yaml names them', () => {
    const { toolsImage } = aStack();
    const project = aProject({ tools: { image: toolsImage }, bot: { image: toolsImage }, mongo: {} });
    expect(missingImages(project, new Map([['image:1', {}]]), aStack())).toEqual([
      { image: toolsImage, nodes: ['tools', 'bot'], writtenAt: 'images.tools' },
    ]);
  });
});

const aMissing = (image: string): MissingImage => ({
  image,
  nodes: [`service of ${image}`],
  writtenAt: 'images.mongo',
});
const refuse = (image: string) =>
  new ChatopsError('IMAGE_MISSING', { what: image, why: `manifest for ${image} not found: manifest unknown` });

const fetching = async (images: readonly string[], pull: Containers['pull'], signal = new AbortController().signal) => {
  const events: Event[] = [];
  let now = 0;
  const clock = () => {
    now += 300;
    return now;
  };
  const sink = { emit: (event: Event) => void events.push(event) };
  const failure = await pullImages(images.map(aMissing), {
    containers: { pull },
    events: sink,
    signal,
    now: clock,
  }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { events, failure };
};

describe('fetching images', () => {
  it('reports each one at its begin and its end, and seldom in between', async () => {
    const { events, failure } = await fetching(['a:1'], async (_, onStep) => {
      for (let received = 0; received < 100; received += 1) {
        onStep({ layer: 'x', state: 'downloading', received, total: 100 });
      }
      onStep({ layer: 'x', state: 'there' });
      return undefined;
    });
    expect(failure).toBeUndefined();
    const states = events.flatMap((event) => (event.type === 'image' ? [event.state] : []));
    expect(states[0]).toBe('pulling');
    expect(states.at(-1)).toBe('pulled');
    expect(states.length).toBeLessThan(60);
  });

  it('fails once with every image that cannot be had, who wants it, the likely cause and what to do', async () => {
    const { failure } = await fetching(['a:1', 'b:1'], async (image) => Promise.reject(refuse(image)));
    expect(failure).toMatchObject({ code: 'IMAGE_MISSING', exitStatus: 1 });
    const { what, why, next } = failure as ChatopsError;
    expect(what).toBe('2 images are not here and cannot be fetched from Docker Hub');
    expect(why).toMatch(/a:1, for service of a:1: manifest for a:1 not found.*\n.*does not have that tag\nb:1, for/s);
    expect(next).toMatch(/docker pull a:1.*images\.mongo.*no container was made/s);
  });

  it('names the registry, and the two ways on: a mirror, or a rehearsal', async () => {
    const { failure } = await fetching(['quay.io/acme/a:1'], async (image) => Promise.reject(refuse(image)));
    const { what, next } = failure as ChatopsError;
    expect(what).toBe('image quay.io/acme/a:1 is not here and cannot be fetched from quay.io');
    expect(next).toContain('`chatops-up up --set images.mongo=MIRROR/acme/a:1`');
    expect(next).toContain('`chatops-up up --engine embedded`');
  });

  it('does not go on fetching the others when one cannot be had', async () => {
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    const { failure } = await fetching(['here:1', 'not:1'], async (image, onStep, signal) => {
      if (image === 'not:1') {
        await begun;
        throw refuse(image);
      }
      begin();
      while (!signal.aborted) {
        onStep({ layer: 'x', state: 'downloading', received: 1, total: 2 });
        await new Promise((resolve) => setImmediate(resolve));
      }
      throw signal.reason;
    });
    expect(failure).toMatchObject({ what: 'image not:1 is not here and cannot be fetched from Docker Hub' });
  });

  it('ends with the reason of its signal when it is interrupted', async () => {
    const stop = new AbortController();
    const { failure } = await fetching(
      ['a:1'],
      async () => {
        stop.abort(new Error('Ctrl-C'));
        throw new Error('socket closed');
      },
      stop.signal,
    );
    expect(failure).toMatchObject({ message: 'Ctrl-C' });
  });
});

describe('lines of a log', () => {
  it('do not flood: an image has its first line, one in ten seconds, and its last', () => {
    const lines: string[] = [];
    const reporter = createPlainReporter(outletTo((text) => lines.push(text)));
    const reported = (state: 'pulling' | 'pulled', tookMs: number, layersThere: number) =>
      reporter.emit({
        type: 'image',
        image: 'a:1',
        nodes: ['mongo'],
        state,
        progress: { layers: layersThere === 0 ? 0 : 5, layersThere, bytes: 20_000_000, totalBytes: 90_000_000 },
        tookMs,
      });
    reported('pulling', 0, 0);
    for (let ms = 500; ms <= 12_000; ms += 500) reported('pulling', ms, 2);
    reported('pulled', 12_500, 5);
    expect(lines).toEqual([
      'image a:1: being fetched for mongo\n',
      'image a:1: 2 of 5 layers, 20 of 90 MB\n',
      'image a:1: fetched after 12.5 s\n',
    ]);
  });
});
