/** `set_real_ip_from` and what belongs to it (nginx.org/en/docs/http/ngx_http_realip_module.html). */
import { addressRangeOf } from './address-range.ts';
import type { RealIp } from './model.ts';
import type { Directive } from './parse.ts';
import { cannotObey } from './refusal.ts';

/** nginx's default is X-Real-IP. Undefined where nobody is believed. */
export const realIpOf = (http: readonly Directive[]): RealIp | undefined => {
  const named = (name: string): readonly Directive[] => http.filter((each) => each.name === name);
  const from = named('set_real_ip_from').map(({ args: [range = ''], line }) => addressRangeOf(range, line));
  const [header] = named('real_ip_header');
  const name = header?.args[0]?.toLowerCase() ?? 'x-real-ip';
  if (header !== undefined && name === 'proxy_protocol') throw cannotObey('real_ip_header proxy_protocol', header.line);
  if (from.length === 0) return undefined;
  return { from, header: name, recursive: named('real_ip_recursive').at(-1)?.args[0] === 'on' };
};
