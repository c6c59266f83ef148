/** Defaults of what belongs to no part; those of the parts stand with their sections. */
export const DEFAULT_NAME = 'chatops';
export const DEFAULT_DOMAIN = 'chatops.localhost';
export const DEFAULT_PORTS = { http: 8080, https: 8443 } as const;
export const DEFAULT_PUBLIC_SCHEME = 'https';
/** Port that an address need not name. */
export const SCHEME_PORTS = { http: 80, https: 443 } as const;
export const DEFAULT_DOCKER = { startInterval: true } as const;
/** Image of our own programs. */
export const DEFAULT_TOOLS_IMAGE = 'chatops-up/tools:0.1.0';
