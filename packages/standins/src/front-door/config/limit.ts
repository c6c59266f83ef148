/** `limit_req_zone` and `limit_req` (nginx.org/en/docs/http/ngx_http_limit_req_module.html). */
import type { LimitZone, RequestLimit } from './model.ts';
import type { Directive } from './parse.ts';
import { cannotObey } from './refusal.ts';
import { compileTemplate } from './template.ts';

const parameter = ({ args }: Directive, name: string): string | undefined =>
  args.find((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);

/**
 * @param variables made by `set` and `map` anywhere in the file
 * @returns its name, and what is counted how
 */
export const limitZone = (directive: Directive, variables: ReadonlySet<string>): readonly [string, LimitZone] => {
  const [key = ''] = directive.args;
  const { line } = directive;
  const name = parameter(directive, 'zone')?.split(':')[0];
  const rate = /^(\d+)r\/([sm])$/.exec(parameter(directive, 'rate') ?? '');
  if (name === undefined || rate === null) throw cannotObey('limit_req_zone without a zone and a rate', line);
  const perSecond = Number(rate[1]) / (rate[2] === 'm' ? 60 : 1);
  return [name, { key: compileTemplate(key, variables, line), perSecond }];
};

/** Only `nodelay`: what is above the rate and within the burst is not held back. */
export const requestLimit = (directive: Directive): RequestLimit => {
  const zone = parameter(directive, 'zone');
  if (zone === undefined) throw cannotObey('limit_req without a zone', directive.line);
  if (!directive.args.includes('nodelay')) throw cannotObey('limit_req without nodelay', directive.line);
  return { zone, burst: Number(parameter(directive, 'burst') ?? 0) };
};
