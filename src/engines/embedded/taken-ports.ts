/** Ports that the servers of the embedded engine cannot open, all at once, each with who has it and a free one. */
import { freePortAfter } from '../../adapters/free-port.ts';
import { portOwner } from '../../adapters/port-owner.ts';
import { ChatopsError } from '../../errors/chatops-error.ts';
import { portTrouble } from './loopback-ports.ts';

export interface WantedPort {
  readonly port: number;
  readonly service: string;
  /** Chosen in chatops.yaml; else it was chosen by us and is known to other servers. */
  readonly isPublished: boolean;
  /** Its key in chatops.yaml, `ports.wiki`. */
  readonly key?: string | undefined;
}

export interface TakenPort extends WantedPort {
  /** What opening it ended with: `EADDRINUSE`. */
  readonly code: string;
  /** `python3 (pid 4711)` */
  readonly owner?: string | undefined;
  readonly free?: number | undefined;
}

const reasonOf = ({ code, owner }: TakenPort): string => {
  if (code === 'EADDRINUSE') return `another program listens on it${owner === undefined ? '' : `: ${owner}`}`;
  return code === 'EACCES' ? 'ports below 1024 need root' : code;
};

const hint = ({ port, owner }: TakenPort): string =>
  owner === undefined ? `\`ss -ltnp 'sport = :${port}'\` names it` : owner;

const otherwise = (taken: readonly TakenPort[]): string => {
  const settings = taken.flatMap(({ key, free }) =>
    key === undefined || free === undefined ? [] : [`--set ${key}=${free}`],
  );
  const isFree = settings.length === 1 ? 'it is free' : 'they are free';
  return settings.length === taken.length
    ? `run the command with \`${settings.join(' ')}\` (${isFree})`
    : 'set another port under `ports:` in chatops.yaml';
};

const NEW_DATA = 'begin with new data (`chatops-up down --volumes`): the replica set knows its member by that port';

const nextFor = (taken: readonly TakenPort[]): string => {
  const what = taken.length === 1 ? 'that program' : 'these programs';
  const published = taken.filter(({ isPublished }) => isPublished);
  const ways = [
    ...(published.length > 0 ? [otherwise(published)] : []),
    ...(published.length < taken.length ? [NEW_DATA] : []),
  ];
  return `end ${what} (${taken.map(hint).join('; ')}), or ${ways.join('; ')}`;
};

/** Pure. @param taken one or more */
export const takenPortsError = (taken: readonly TakenPort[]): ChatopsError => {
  const [only, ...others] = taken;
  const next = nextFor(taken);
  if (only && others.length === 0) {
    const what = `port ${only.port} for ${only.service} cannot be opened`;
    return new ChatopsError('PORT_TAKEN', { what, why: reasonOf(only), next });
  }
  return new ChatopsError('PORT_TAKEN', {
    what: `${taken.length} ports cannot be opened`,
    why: taken.map((each) => `${each.port} for ${each.service}: ${reasonOf(each)}`).join('\n'),
    next,
  });
};

/** @throws ChatopsError PORT_TAKEN for all of them */
export const requirePorts = async (wanted: readonly WantedPort[]): Promise<void> => {
  const ports = new Set(wanted.map(({ port }) => port));
  const taken: TakenPort[] = [];
  for (const each of wanted) {
    const code = await portTrouble(each.port);
    if (code === undefined) continue;
    const free = each.isPublished ? await freePortAfter(each.port, ports) : undefined;
    if (free !== undefined) ports.add(free);
    taken.push({ ...each, code, owner: await portOwner(each.port), free });
  }
  if (taken.length > 0) throw takenPortsError(taken);
};
