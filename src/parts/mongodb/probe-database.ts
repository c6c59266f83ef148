/** Holds nothing: the proof of a majority reads what is not there, and needs no right to anything else. */
export const PROBE_DATABASE = 'chatops';
