/** `listen` and `server_name`: where a server answers, and to which names. */
import type { ServerName } from './model.ts';
import type { Directive } from './parse.ts';
import { patternOf } from './pattern.ts';
import { cannotObey } from './refusal.ts';

const serverName = (text: string, line: number): ServerName => {
  const name = text.toLowerCase();
  if (text.startsWith('~')) return { kind: 'pattern', pattern: patternOf(text.slice(1), 'i', line) };
  if (name.startsWith('*.')) return { kind: 'leading', suffix: name.slice(1) };
  if (name.endsWith('.*')) return { kind: 'trailing', prefix: name.slice(0, -1) };
  return { kind: 'exact', name };
};

/** `.example.org` is short for the name itself and everything below it. */
export const serverNames = (directives: readonly Directive[]): readonly ServerName[] =>
  directives
    .filter(({ name }) => name === 'server_name')
    .flatMap(({ args, line }) =>
      args.flatMap((text) =>
        text.startsWith('.')
          ? [serverName(text.slice(1), line), serverName(`*${text}`, line)]
          : [serverName(text, line)],
      ),
    );

export interface Listen {
  readonly address: string;
  readonly port: number;
  readonly ssl: boolean;
  readonly isDefault: boolean;
}

export const listenOf = ({ args, line }: Directive): Listen => {
  const [place = '', ...flags] = args;
  const groups = /^(?:(?<address>[^:]+|\[[^\]]+\]):)?(?<port>\d+)$/.exec(place)?.groups;
  if (groups === undefined) throw cannotObey(`listen ${place}`, line);
  const strange = flags.find((word) => word !== 'ssl' && word !== 'default_server');
  if (strange !== undefined) throw cannotObey(`listen … ${strange}`, line);
  const address = groups.address === undefined || groups.address === '*' ? '' : groups.address.replace(/^\[|\]$/g, '');
  return {
    address,
    port: Number(groups.port),
    ssl: flags.includes('ssl'),
    isDefault: flags.includes('default_server'),
  };
};
