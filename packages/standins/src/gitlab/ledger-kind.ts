/** How a request counts: reads change nothing that lasts, machinery's own calls are traffic, the rest is a write. */
import type { StandinRequest } from '../kit/http-standin.ts';
import type { RequestKind } from '../kit/ledger.ts';

const TRAFFIC = [
  /^\/api\/v4\/runners\/(verify|managers)$/,
  /^\/api\/v4\/jobs\/request$/,
  /^\/api\/v4\/jobs\/\d+(\/trace)?$/,
  /^\/api\/v4\/runners\/router\/discovery$/,
  /\.git\/(info\/refs|git-(upload|receive)-pack)$/,
];
const SESSION = [/^\/oauth\/token$/, /^\/users\/sign_(in|out)$/];

const fits = (patterns: readonly RegExp[], path: string) => patterns.some((pattern) => pattern.test(path));

export const ledgerKind = ({ method, path }: StandinRequest): RequestKind => {
  if (fits(TRAFFIC, path)) return 'traffic';
  if (method === 'GET' || method === 'HEAD') return 'read';
  return fits(SESSION, path) ? 'session' : 'write';
};
