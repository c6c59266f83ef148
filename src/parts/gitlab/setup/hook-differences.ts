import type { ForgeHook, HookEvent, HookWanted } from '../../../contracts/forge.ts';

export interface HookDifferences {
  /** One phrase each, never with an address or a secret in it. */
  readonly differences: readonly string[];
  /** Wanted, and not known to this version of GitLab. */
  readonly unknownEvents: readonly HookEvent[];
}

const list = (words: readonly string[]): string => words.join(', ');

const eventDifferences = (found: ForgeHook, wanted: HookWanted): readonly string[] => {
  const off = wanted.events.filter((event) => found.events[event] === false);
  const seen = Object.entries(found.events) as readonly (readonly [HookEvent, boolean])[];
  const on = seen.filter(([event, isOn]) => isOn && !wanted.events.includes(event)).map(([event]) => event);
  const tooMany = [...on, ...found.otherEvents];
  return [
    ...(off.length > 0 ? [`${list(off)} wanted and off`] : []),
    ...(tooMany.length > 0 ? [`${list(tooMany)} not wanted and on`] : []),
  ];
};

/**
 * GitLab never shows the secret. That a different one was given shows in the description (from 17.1), that none is left
 * shows from 19.0; below, nothing shows it, and nothing is written on suspicion: a converged run writes nothing.
 */
const secretDifferences = (found: ForgeHook, wanted: HookWanted, mayBeFormer: boolean): readonly string[] => {
  if (found.tokenPresent === false) return ['its secret is gone'];
  if (found.description === undefined && mayBeFormer) return ['its secret may be the former one'];
  if (found.description === undefined || found.description === wanted.description) return [];
  return ['its description does not mention its own token, which follows from the secret in .env'];
};

/**
 * @param mayBeFormer the secret is being changed, and this hook was not saved since
 * @param knowsUrl false while the chat's webhook is still to be made: every address is about to change
 */
export const hookDifferences = (
  found: ForgeHook,
  wanted: HookWanted,
  { knowsUrl, mayBeFormer }: { readonly knowsUrl: boolean; readonly mayBeFormer: boolean },
): HookDifferences => ({
  differences: [
    ...(knowsUrl && found.url.reveal() === wanted.url.reveal()
      ? []
      : ['it does not send to the address of its receiver']),
    ...eventDifferences(found, wanted),
    ...secretDifferences(found, wanted, mayBeFormer),
  ],
  unknownEvents: wanted.events.filter((event) => found.events[event] === undefined),
});
