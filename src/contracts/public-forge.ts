import { ChatopsError } from '../errors/chatops-error.ts';
import type { ForgeOffer } from '../stack/stack.ts';
import type { CheckDeps } from './check.ts';
import type { Forge } from './forge.ts';

/** The stack's forge. @throws ChatopsError INTERNAL: asked in a stack without one */
export const requireForge = ({ stack }: Pick<CheckDeps, 'stack'>): ForgeOffer => {
  const { forge } = stack.offers;
  if (!forge) throw new ChatopsError('INTERNAL', { what: 'this stack has no forge' });
  return forge;
};

/** Where users reach it, past a proxy of others. @throws ChatopsError SECRET_MISSING */
export const forgeOf = (deps: Pick<CheckDeps, 'stack' | 'ports'>): Forge => {
  const { ownWay, ref } = requireForge(deps);
  return deps.ports.forge({ ...ref, target: { kind: 'url', url: ownWay } });
};
