/** What containers are and what they should be, in the same form, with the images that both are read against. */
import type { Fingerprint } from '../../contracts/engine.ts';
import type { ComposeProject } from './compose.ts';
import type { ContainerFacts, Containers, ImageFacts } from './containers.ts';
import { observedOf, type WantedContainer, wantedOf } from './fingerprint.ts';

export interface Comparison {
  /** By reference or id, as far as the engine has them. */
  readonly images: ReadonlyMap<string, ImageFacts>;
  wanted(service: string): WantedContainer;
  observed(container: ContainerFacts): Fingerprint;
  /** The service's container is among them, and as it should be. */
  isAsWanted(service: string, among: readonly ContainerFacts[]): boolean;
  /** Looks at images that have come meanwhile. */
  learn(references: readonly string[]): Promise<void>;
}

/**
 * @param atFirst what is asked before anything has come; later on `image` is
 * @param isUsable false for an image that has to be replaced: it counts as one that is not there
 * @param everywhere variables that Compose gives every container by itself. Default: none
 */
export const compareWith = async (
  project: ComposeProject,
  seen: readonly ContainerFacts[],
  { image, atFirst }: Pick<Containers, 'image'> & { readonly atFirst: Containers['image'] },
  isUsable: (reference: string, facts: ImageFacts) => boolean,
  everywhere: Readonly<Record<string, string>> = {},
): Promise<Comparison> => {
  const images = new Map<string, ImageFacts>();
  const learn = async (references: readonly string[], ask = image): Promise<void> => {
    const looks = [...new Set(references)].map(async (reference) => [reference, await ask(reference)] as const);
    for (const [reference, facts] of await Promise.all(looks))
      if (facts && isUsable(reference, facts)) images.set(reference, facts);
  };
  const shown = [
    ...Object.values(project.services).map((service) => service.image),
    ...seen.map(({ imageId }) => imageId),
  ];
  await learn(shown, atFirst);
  const wanted = (name: string): WantedContainer =>
    wantedOf(name, project, images.get(project.services[name]?.image ?? ''));
  const observed = (container: ContainerFacts): Fingerprint =>
    observedOf(
      container,
      images.get(container.imageId),
      project.services[container.service] ? wanted(container.service) : undefined,
      everywhere,
    );
  return {
    images,
    learn: (references) => learn(references),
    wanted,
    observed,
    isAsWanted: (name, among) => {
      const found = among.find(({ service, oneOff }) => service === name && !oneOff);
      return found !== undefined && JSON.stringify(observed(found)) === JSON.stringify(wanted(name).fingerprint);
    },
  };
};
