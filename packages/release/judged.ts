/**
 * `@rocket.chat/sdk` is an alpha that brings packages of another time into a process that holds the bot's password. Each
 * was read in the version that the lock has: a new version, or a new package, has to be judged before it is taken.
 */
export interface Judged {
  readonly name: string;
  readonly version: string;
  readonly judgement: string;
}

export const SDK = '@rocket.chat/sdk';

export const JUDGED: readonly Judged[] = [
  {
    name: SDK,
    version: '1.0.0-alpha.42',
    judgement:
      'one file imports it, for the realtime session of the bot alone; REST goes through our own client, with its own limits',
  },
  {
    name: 'universal-websocket-client',
    version: '1.0.3',
    judgement: 'three lines that hand on to `ws`, which `overrides` keeps at the version that the project itself uses',
  },
  {
    name: 'js-sha256',
    version: '0.9.0',
    judgement:
      'hashes the password for the login, as the protocol wants it; pure functions, the newer versions change no result',
  },
  {
    name: 'lru-cache',
    version: '4.1.5',
    judgement: 'remembers rooms by name inside the SDK; keys come from chatops.yaml, so nobody outside can fill it',
  },
  { name: 'pseudomap', version: '1.0.2', judgement: 'falls back to the `Map` of Node' },
  { name: 'yallist', version: '2.1.2', judgement: 'the list of `lru-cache`; no input from outside reaches it' },
  {
    name: 'mem',
    version: '4.3.0',
    judgement: 'caches calls; the leak that versions before 4.0.0 had (CWE-400) is fixed in it',
  },
  { name: 'map-age-cleaner', version: '0.1.3', judgement: 'empties that cache by time' },
  { name: 'p-defer', version: '1.0.0', judgement: 'a promise with its functions outside' },
  { name: 'p-is-promise', version: '2.1.0', judgement: 'asks whether a value is a promise' },
  { name: 'mimic-fn', version: '2.1.0', judgement: 'copies the name of a function' },
  { name: 'tiny-events', version: '1.0.1', judgement: 'events inside the SDK' },
];
