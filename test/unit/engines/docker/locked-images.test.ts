import { describe, expect, it } from 'vitest';
import type { Containers, ImageFacts } from '../../../../src/engines/docker/containers.ts';
import { lockFresh, lockHere, seenImages } from '../../../../src/engines/docker/images/locked-images.ts';
import { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import { lockableImages, type StackImage } from '../../../../src/stack/lockable-images.ts';
import { aStack } from '../../../builders/stack.ts';

const digest = (digit: string): string => `sha256:${digit.repeat(64)}`;
const A = digest('a');
const B = digest('b');

const wiki: StackImage = { name: 'wiki:1', nodes: ['wiki'], locked: undefined };

const facts = (...digests: readonly string[]): ImageFacts => ({
  ...{ id: 'sha256:one', command: [], environment: {}, labels: {}, architecture: 'amd64' },
  digests,
});

/** An engine with these images, by reference. */
const engineWith = (images: Readonly<Record<string, ImageFacts>>): Pick<Containers, 'image'> => ({
  image: async (reference) => images[reference],
});

const failure = async (work: Promise<unknown>): Promise<ChatopsError> =>
  work.then(
    () => expect.unreachable('was done'),
    (thrown) => {
      if (thrown instanceof ChatopsError) return thrown;
      throw thrown;
    },
  );

describe('images that can be locked', () => {
  it('are those of the services, each once with who wants it, and not that of our own programs', () => {
    const stack = aStack();
    const images = lockableImages(stack, new Map());
    expect(images.map(({ name }) => name)).not.toContain(stack.toolsImage);
    const wanted = stack.nodes.flatMap((node) =>
      node.kind === 'service' && node.container.image !== stack.toolsImage ? [node.name] : [],
    );
    expect(images.flatMap(({ nodes }) => nodes).toSorted()).toEqual(wanted.toSorted());
  });
});

describe('what the engine has', () => {
  it.each([
    ['wiki:1', `wiki@${A}`],
    ['docker.io/library/wiki:1', `wiki@${A}`],
    ['docker.io/acme/wiki:1', `acme/wiki@${A}`],
    ['127.0.0.1:5000/wiki:1', `127.0.0.1:5000/wiki@${A}`],
  ])('of %s is the digest that its registry gave', async (name, own) => {
    const engine = engineWith({ [name]: facts(`elsewhere.example/wiki@${B}`, own) });
    expect(await seenImages([{ ...wiki, name }], engine)).toMatchObject([{ here: A, hasLocked: undefined }]);
  });

  it('is made there where no registry of its name gave it a digest', async () => {
    const engine = engineWith({ 'wiki:1': facts(`elsewhere.example/wiki@${A}`) });
    expect(await seenImages([wiki], engine)).toMatchObject([{ here: 'made here' }]);
  });

  it('is asked for what is locked whatever the name stands for', async () => {
    const engine = engineWith({ [`wiki:1@${A}`]: facts() });
    const locked = { ...wiki, locked: A };
    expect(await seenImages([locked], engine)).toMatchObject([{ here: undefined, hasLocked: true }]);
    expect(await seenImages([{ ...wiki, locked: B }], engine)).toMatchObject([{ hasLocked: false }]);
  });
});

describe('locking what the engine has', () => {
  it('takes its digests', async () => {
    expect(await lockHere([wiki], engineWith({ 'wiki:1': facts(`wiki@${A}`) }))).toEqual(new Map([['wiki:1', A]]));
  });

  it('names every image that has none, and why', async () => {
    const error = await failure(lockHere([wiki, { ...wiki, name: 'db:1' }], engineWith({ 'wiki:1': facts() })));
    expect([error.code, error.what]).toEqual(['IMAGE_MISSING', 'wiki:1, db:1 cannot be locked']);
    expect(error.why).toBe('wiki:1 was made on the engine: no registry has given it a digest\nthe engine has no db:1');
  });
});

describe('locking what registries give', () => {
  const deps = (pull: Containers['pull'], images: Readonly<Record<string, ImageFacts>> = {}) => ({
    containers: { ...engineWith(images), pull },
    events: { emit: () => undefined },
    signal: new AbortController().signal,
    now: () => 0,
  });

  it('takes the digest that the pull named', async () => {
    expect(
      await lockFresh(
        [wiki],
        deps(async () => A),
      ),
    ).toEqual(new Map([['wiki:1', A]]));
  });

  it('asks the engine where the pull named none', async () => {
    const images = { 'wiki:1': facts(`wiki@${B}`) };
    expect(
      await lockFresh(
        [wiki],
        deps(async () => undefined, images),
      ),
    ).toEqual(new Map([['wiki:1', B]]));
  });

  it('fails where one cannot be had, with the way that asks no registry', async () => {
    const refused = async () => {
      throw new ChatopsError('IMAGE_MISSING', { what: 'wiki:1', why: 'dial tcp: lookup: no such host' });
    };
    const error = await failure(lockFresh([wiki], deps(refused)));
    expect(error.what).toBe('image wiki:1 cannot be fetched from Docker Hub');
    expect(error.next).toContain('`chatops-up images lock --here`');
    expect(error.next).toMatch(/\nthe lock is as it was$/);
    expect(error.next).not.toContain('no container was made');
  });
});
