/** A virtual host answers through the front door with the signature of its own back end, not just with any page. */

import type { HttpResponse } from '../../../contracts/http.ts';
import type { Ports } from '../../../contracts/ports.ts';
import { type Answer, cannotTell, notReady, type Probe, ready } from '../../../contracts/probe.ts';
import { ChatopsError } from '../../../errors/chatops-error.ts';
import { answerOf } from '../../../probes/foreseen.ts';
import type { Endpoint } from '../../../stack/stack.ts';
import { signatureOf } from './signature.ts';

export type NginxVhostSpec = {
  readonly what: 'nginx-vhost';
  readonly door: Endpoint;
  readonly host: string;
  /** What it knows the host's back end by: a name, or as `readSignature` reads it. */
  readonly signature: string;
  /** Its WebSocket is asked for as well. */
  readonly webSocket: boolean;
  /** Where that is. Default `/websocket`. */
  readonly webSocketPath?: string;
  /** Default `http`. */
  readonly scheme?: 'http' | 'https';
};

const TIMEOUT_MS = 3_000;
/** Rocket.Chat's DDP socket (Meteor). */
const WEBSOCKET_PATH = '/websocket';
/** What nginx itself says while a back end is away. */
const GATEWAY_ERRORS: readonly number[] = [502, 503, 504];

const judge = (spec: NginxVhostSpec, response: HttpResponse): Answer => {
  const { path, lacks } = signatureOf(spec.signature);
  if (GATEWAY_ERRORS.includes(response.status)) {
    return notReady(`virtual host ${spec.host}: the front door answers ${response.status}, its back end is away`);
  }
  const missing = lacks(response);
  if (missing === undefined) return ready(`${spec.host} answers as ${spec.signature}`);
  return notReady(`virtual host ${spec.host}: ${path} answers ${response.status}, ${missing}`);
};

const judgeUpgrade = (spec: NginxVhostSpec, path: string, status: number): Answer => {
  if (status === 101) return ready(`${spec.host} answers as ${spec.signature}, WebSocket included`);
  const says = `virtual host ${spec.host}: the WebSocket upgrade at ${path} is answered with ${status}`;
  // 400 and 426 come from a back end that did not get the upgrade: the front door drops its headers.
  if (status !== 400 && status !== 426) return notReady(says);
  const why = 'the front door does not pass on Upgrade and Connection';
  return cannotTell(new ChatopsError('UNEXPECTED_ANSWER', { what: says, why, next: 'render nginx.conf again' }));
};

export const createNginxVhostProbe = (spec: NginxVhostSpec, { http, addresses }: Ports): Probe => ({
  id: 'nginx-vhost',
  ask: (signal) =>
    answerOf(signal, async () => {
      const door = addresses.resolve(spec.door);
      const to = { connectTo: door, timeoutMs: TIMEOUT_MS, signal };
      const base = `${spec.scheme ?? 'http'}://${spec.host}`;
      const response = await http.request({ method: 'GET', url: `${base}${signatureOf(spec.signature).path}`, ...to });
      const answer = judge(spec, response);
      if (answer.kind !== 'ready' || !spec.webSocket) return answer;
      const path = spec.webSocketPath ?? WEBSOCKET_PATH;
      return judgeUpgrade(spec, path, await http.upgrade({ url: `${base}${path}`, ...to }));
    }),
});
