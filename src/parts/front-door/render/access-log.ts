/** The log of requests, a line of JSON each, without what only the two ends may know: queries and secrets in paths. */
import type { Stack } from '../../../stack/stack.ts';
import { directive, type Entry, pattern, patternText, variable } from './nginx-syntax.ts';
import type { NginxTarget } from './target.ts';

const FORMAT = 'requests';

/** Field → nginx's variable; numbers stay numbers. */
const FIELDS: readonly (readonly [name: string, value: string])[] = [
  ['time', '"$time_iso8601"'],
  ['client', '"$remote_addr"'],
  ['host', '"$host"'],
  ['method', '"$request_method"'],
  ['path', '"$logged_path"'],
  ['status', '$status'],
  ['bytes', '$bytes_sent'],
  ['seconds', '$request_time'],
  ['backEnd', '"$upstream_addr"'],
  ['backEndStatus', '"$upstream_status"'],
  ['agent', '"$http_user_agent"'],
];

const line = `{${FIELDS.map(([name, value]) => `"${name}":${value}`).join(',')}}`;

const postedFolders = ({ hosts }: Pick<Stack, 'hosts'>): readonly string[] => [
  ...new Set(
    hosts.flatMap(({ content }) => (content.kind === 'proxy' && content.posted ? [content.posted.below] : [])),
  ),
];

export const logEntries = (stack: Pick<Stack, 'hosts'>, { process }: NginxTarget): readonly Entry[] => {
  if (process.accessLog === 'off') return [directive('access_log', 'off')];
  return [
    variable(
      '$logged_path',
      '$uri',
      pattern('$uri'),
      postedFolders(stack).map((folder) => [`~*^${patternText(folder)}`, `${folder}*`]),
    ),
    directive('log_format', FORMAT, 'escape=json', pattern(line)),
    directive('access_log', process.accessLog, FORMAT),
  ];
};
