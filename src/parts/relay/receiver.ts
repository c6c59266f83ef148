/** The relay as a receiver: it has one address for all rooms, and says itself which secrets it takes. */
import { baseUrl } from '../../contracts/addresses.ts';
import { roomBehind } from '../../contracts/hook-address.ts';
import type { HttpResponse } from '../../contracts/http.ts';
import { StaleDecision } from '../../contracts/job.ts';
import type { Ports } from '../../contracts/ports.ts';
import type { Receiver, ReceiverAddress, ReceiverOptions } from '../../contracts/receiver.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import type { RelayRef } from '../../stack/stack.ts';
import { Secret } from '../../values/secret.ts';
import { sha256Hex } from '../../values/sha256.ts';
import { explainRefusal } from './explain-refusal.ts';
import { relayHookPrefix } from './place.ts';

const SECRETS_PATH = '/hooks/secrets';

/** How many former secrets it takes; undefined when that is not what it says. */
const formerIn = ({ body }: HttpResponse): number | undefined => {
  try {
    const { former } = JSON.parse(body) as { readonly former?: unknown };
    return typeof former === 'number' && Number.isInteger(former) && former >= 0 ? former : undefined;
  } catch {
    return undefined;
  }
};

const unexpected = (base: string, { status }: HttpResponse): ChatopsError =>
  new ChatopsError('UNEXPECTED_ANSWER', {
    what: `${base} does not answer as a relay`,
    why: `HTTP ${status} to the question which secrets it takes`,
  });

/** @param takes undefined when it does not take ours */
const addressOf = (ref: RelayRef, takes: readonly string[] | undefined): ReceiverAddress => {
  const prefix = relayHookPrefix(ref.target);
  return {
    id: ref.name,
    name: ref.name,
    takes: takes ?? [],
    broken: takes === undefined ? `it does not take the secret in .env (${ref.secret})` : undefined,
    explain: explainRefusal,
    url: (room) => new Secret(`${prefix}${encodeURIComponent(room)}`),
    roomOf: (url) => roomBehind(prefix, url),
  };
};

export const createRelayReceiver = (
  ref: RelayRef,
  { readAt = ref.readAt ?? ref.target }: ReceiverOptions,
  { http, addresses, secrets }: Pick<Ports, 'http' | 'addresses' | 'secrets'>,
): Receiver => {
  const ask = (method: 'GET' | 'DELETE', signal: AbortSignal): Promise<HttpResponse> =>
    http.request({
      method,
      url: `${baseUrl(addresses, readAt)}${SECRETS_PATH}`,
      headers: { 'X-Gitlab-Token': secrets.read(ref.secret).reveal() },
      signal,
    });
  return {
    address: async (signal) => {
      const current = sha256Hex(secrets.read(ref.secret).reveal());
      if (ref.isNew) return addressOf(ref, [current]);
      const answer = await ask('GET', signal);
      if (answer.status === 401) return addressOf(ref, undefined);
      const former = answer.status === 200 ? formerIn(answer) : undefined;
      if (former === undefined) throw unexpected(baseUrl(addresses, readAt), answer);
      return addressOf(ref, [current, ...Array.from({ length: former }, (_, index) => `former ${index + 1}`)]);
    },
    forgetSecrets: async (signal) => {
      const answer = await ask('DELETE', signal);
      if (answer.status === 401) throw new StaleDecision(`${ref.name} does not take the secret in .env`);
      if (answer.status !== 200) throw unexpected(baseUrl(addresses, readAt), answer);
    },
    // A relay that is not wanted is no service of the stack: there is nobody to notify.
    retire: async () => undefined,
  };
};
