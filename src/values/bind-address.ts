/** Addresses of this machine that ports are opened on. */

/** Every address of this machine, IPv4 and, where the engine has it, IPv6. */
export const EVERYWHERE = '0.0.0.0';
export const LOOPBACK = '127.0.0.1';

export const isEverywhere = (address: string): boolean => address === EVERYWHERE || address === '::';

/** Also names that mean this machine. */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(\.\d+){3}$/.test(host);

/** As it stands before a port: `127.0.0.1`, `[::1]`. */
export const beforePort = (address: string): string => (address.includes(':') ? `[${address}]` : address);
