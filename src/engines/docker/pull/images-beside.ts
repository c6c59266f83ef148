/**
 * Images that services have the engine run beside them (CI jobs): fetched before anybody waits for one, and without
 * need, as the service that runs them fetches them too. Where one cannot be had the run goes on, with a warning.
 */
import { toChatopsError } from '../../../errors/chatops-error.ts';
import { servicesOf } from '../../../stack/services-of.ts';
import type { StackNode } from '../../../stack/stack.ts';
import { architectureOf } from '../../../tools-image/architecture.ts';
import type { Containers } from '../containers.ts';
import { fetchImage, type PullDeps } from './pull-images.ts';
import { readRefusal, registryCalled } from './refusal.ts';

interface Beside {
  readonly image: string;
  readonly node: string;
}

/** Pure. @param cpu the engine's, as Go names it; undefined for one that nothing here is built for */
export const imagesBeside = (nodes: readonly StackNode[], cpu: string | undefined): readonly Beside[] =>
  servicesOf({ nodes }).flatMap(({ name, needs: { alsoRuns = {} } }) =>
    (alsoRuns[cpu ?? ''] ?? []).map((image) => ({ image, node: name })),
  );

const warning = ({ image }: Beside, said: string): string => {
  const known = readRefusal(image, said);
  return `${image}, which its jobs need, is not on the engine and cannot be fetched from ${registryCalled(image)}: ${said}${known ? ` (most likely: ${known.what})` : ''}; the first job fetches it again, and fails where it cannot`;
};

type Deps = PullDeps & { readonly containers: Pick<Containers, 'facts' | 'image' | 'pull'> };

const fetchOne = async (beside: Beside, deps: Deps): Promise<void> => {
  const { containers, events, signal } = deps;
  const { image, node } = beside;
  if (await containers.image(image)) return;
  try {
    await fetchImage({ image, nodes: [node] }, deps);
  } catch (thrown) {
    signal.throwIfAborted();
    const { why, what } = toChatopsError(thrown);
    events.emit({ type: 'warning', node, text: warning(beside, why ?? what) });
  }
};

export const fetchImagesBeside = async (nodes: readonly StackNode[], deps: Deps): Promise<void> => {
  if (!servicesOf({ nodes }).some(({ needs }) => needs.alsoRuns)) return;
  const { architecture } = await deps.containers.facts();
  const all = imagesBeside(nodes, architectureOf(architecture));
  const unlike = all.filter(({ image }, index) => all.findIndex((each) => each.image === image) === index);
  await Promise.all(unlike.map((each) => fetchOne(each, deps)));
};
