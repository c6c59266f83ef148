/** `Invalid url given` explained: GitLab says the same for a blocked address and a bad one. */
import { ChatopsError } from '../../../errors/chatops-error.ts';

const PRIVATE_V4 = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.)/;
const PRIVATE_V6 = /^\[(::1?|f[cd][0-9a-f]{2}:.*|fe80:.*)\]$/;

/** Whether a host is one that GitLab's rules for the local network are about, as far as its name shows. */
export const isPrivateHost = (host: string): boolean =>
  PRIVATE_V4.test(host) ||
  PRIVATE_V6.test(host) ||
  !host.includes('.') ||
  /(^|\.)(localhost|local|internal)$/.test(host);

/** The address, without its path: that holds the receiver's token. */
export const blockedAddress = (url: string, gitlab: string, cause: unknown): ChatopsError => {
  const { hostname, host, origin } = new URL(url);
  const what = `GitLab ${gitlab} refuses to call the chat at ${origin}`;
  if (isPrivateHost(hostname)) {
    return new ChatopsError('OUTBOUND_BLOCKED', {
      what,
      why: `${hostname} is in a private network, which its outbound rules block (setting outbound_local_requests_whitelist)`,
      next: `let an administrator add \`${host}\` to outbound_local_requests_whitelist, or use the chat's public URL`,
      cause,
    });
  }
  return new ChatopsError('OUTBOUND_BLOCKED', {
    what,
    why: `from there ${hostname} does not resolve, or resolves to a private address that its outbound rules block`,
    next: `check the name from the GitLab host; if it is private there, an administrator must add \`${host}\` to outbound_local_requests_whitelist`,
    cause,
  });
};
