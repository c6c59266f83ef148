/** What the relay's answer to a delivery means. Pure: `error` is one of its own words, `why` a sentence for people. */
import { bodyOf } from '../../contracts/delivery-answer.ts';
import type { HttpResponse } from '../../contracts/http.ts';
import type { DeliveryRefusal } from '../../contracts/receiver.ts';

const NEXT: Readonly<Record<string, string>> = {
  'wrong-gitlab-token': 'run `chatops-up up`: it gives the relay and the forge the same secret',
  'not-its-room': 'run `chatops-up up`: it gives each hook the token of its own room',
  'wrong-channel': 'announce in that room in chatops.yaml, or name another one with --room',
  full: 'run `chatops-up status`: it says why the chat takes no messages',
};
const OTHERWISE = "read the relay's log (`chatops-up logs relay`)";

/** Undefined where it is not the relay that answers. */
export const explainRefusal = (response: HttpResponse): DeliveryRefusal | undefined => {
  const { error, why } = bodyOf(response) ?? {};
  if (typeof error !== 'string' || typeof why !== 'string') return undefined;
  return { why, next: NEXT[error] ?? OTHERWISE };
};
