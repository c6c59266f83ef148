import type { Endpoint, HttpTarget } from '../stack/stack.ts';

/** Where the services of the stack are reached from here. Inside the stack's network it is the identity. */
export interface Addresses {
  resolve(endpoint: Endpoint): { readonly host: string; readonly port: number };
}

/** `http://host:port` of one of ours, or the URL of an existing server; no trailing slash. */
export const baseUrl = (addresses: Addresses, target: HttpTarget): string => {
  if (target.kind === 'url') return target.url;
  const { host, port } = addresses.resolve(target.endpoint);
  return `http://${host}:${port}`;
};

/** `host:port`, the form in which a replica set knows its members. */
export const hostPort = (addresses: Addresses, endpoint: Endpoint): string => {
  const { host, port } = addresses.resolve(endpoint);
  return `${host}:${port}`;
};
