import { describe, expect, it } from 'vitest';
import type { Event } from '../../../../src/contracts/event-sink.ts';
import type { Containers } from '../../../../src/engines/docker/containers.ts';
import { fetchImagesBeside, imagesBeside } from '../../../../src/engines/docker/pull/images-beside.ts';
import { ChatopsError } from '../../../../src/errors/chatops-error.ts';
import type { Stack } from '../../../../src/stack/stack.ts';
import { stackOf } from '../../../builders/stack.ts';
import { loadOwn } from '../../../helpers/own-config.ts';

const stack = (yaml = 'name: chatops\n'): Stack => stackOf(loadOwn(yaml).config);
const HELPER = 'registry.gitlab.com/gitlab-org/gitlab-runner/gitlab-runner-helper';

/** What became of fetching them on an engine that has `there`. */
const fetched = async (of: Stack, there: readonly string[], refuses?: string) => {
  const events: Event[] = [];
  const pulled: string[] = [];
  const containers = {
    facts: async () => ({ memoryBytes: 1, architecture: 'x86_64', dataRoot: '/' }),
    image: async (reference: string) => (there.includes(reference) ? ({} as never) : undefined),
    pull: async (reference: string) => {
      if (reference === refuses)
        throw new ChatopsError('IMAGE_MISSING', { what: reference, why: 'dial tcp: no such host' });
      pulled.push(reference);
      return undefined;
    },
  } satisfies Pick<Containers, 'facts' | 'image' | 'pull'>;
  const { signal } = new AbortController();
  const sink = { emit: (event: Event) => void events.push(event) };
  await fetchImagesBeside(of.nodes, { containers, events: sink, signal, now: () => 0 });
  return { pulled, warnings: events.flatMap((event) => (event.type === 'warning' ? [event] : [])) };
};

describe('images of CI jobs', () => {
  it('are the job image and the runner helper of the runner version, for the CPU of the engine', () => {
    expect(imagesBeside(stack().nodes, 'amd64')).toEqual([
      { image: 'alpine:3.22', node: 'gitlab-runner' },
      { image: `${HELPER}:x86_64-v19.3.0`, node: 'gitlab-runner' },
    ]);
    expect(imagesBeside(stack().nodes, 'arm64').map(({ image }) => image)).toContain(`${HELPER}:arm64-v19.3.0`);
  });

  it.each([
    ['as chatops.yaml names them', 'runner: { image: a:1, helperImage: b:1 }\n', ['a:1', 'b:1']],
    ['without a helper that no version names', 'images: { gitlab-runner: "r@sha256:0" }\n', ['alpine:3.22']],
    ['none of a runner with a shell', 'runner: { executor: shell }\n', []],
    ['none without a runner', 'gitlab: none\n', []],
  ])('are %s', (_, yaml, images) => {
    const text = yaml.replace('sha256:0', `sha256:${'0'.repeat(64)}`);
    expect(imagesBeside(stack(text).nodes, 'amd64').map(({ image }) => image)).toEqual(images);
  });

  it('are none for a CPU that nothing is built for', () => {
    expect(imagesBeside(stack().nodes, undefined)).toEqual([]);
  });

  it('are fetched as far as they are not there', async () => {
    expect(await fetched(stack(), ['alpine:3.22'])).toEqual({ pulled: [`${HELPER}:x86_64-v19.3.0`], warnings: [] });
  });

  it('that cannot be had are warned of, each with its registry and the cause, and the run goes on', async () => {
    const { pulled, warnings } = await fetched(stack(), [], `${HELPER}:x86_64-v19.3.0`);
    expect(pulled).toEqual(['alpine:3.22']);
    expect(warnings).toEqual([
      {
        type: 'warning',
        node: 'gitlab-runner',
        text: expect.stringMatching(
          /gitlab-runner-helper:x86_64-v19\.3\.0, which its jobs need, is not on the engine and cannot be fetched from registry\.gitlab\.com: dial tcp: no such host \(most likely: the engine does not reach/,
        ),
      },
    ]);
  });
});
