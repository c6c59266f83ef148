/** On its own loopback: where the prober shows that it goes on. */
export const PROBER_PORT = 9099;
