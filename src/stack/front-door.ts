/** Where the front door listens. */
import type { Config } from '../config/config.ts';
import type { FrontDoor } from './stack.ts';

/** Not published: where the virtual hosts answer without TLS beside one with it. */
const INSIDE_PORTS = [8079, 8078, 8077];

/** The port inside equals the one outside, so that the public URLs also work between containers. */
export const frontDoor = ({ ports, tls, public: outer }: Config): FrontDoor => {
  if (!tls) return { http: ports.http, inside: ports.http, ...(outer ? { outer } : {}) };
  const taken = [ports.http, ports.https];
  const inside = INSIDE_PORTS.find((port) => !taken.includes(port)) ?? 8079;
  return { http: ports.http, https: ports.https, inside, tls };
};
