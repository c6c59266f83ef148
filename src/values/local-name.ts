/**
 * Whether a host name means the machine that asks, without any name service: `localhost` and everything under it
 * (RFC 6761, section 6.3).
 */
export const isLocalName = (name: string): boolean => /(^|\.)localhost\.?$/i.test(name);
