/** `geo`: a variable whose value follows from an address (nginx.org/en/docs/http/ngx_http_geo_module.html). */
import { addressRangeOf } from './address-range.ts';
import type { GeoMap } from './model.ts';
import type { Directive } from './parse.ts';
import { cannotObey } from './refusal.ts';
import type { Scope } from './settings.ts';
import { compileTemplate } from './template.ts';

const STRANGE = new Set(['ranges', 'include', 'proxy', 'proxy_recursive', 'delete']);

/** @returns the variable it sets, and how */
export const geoOf = ({ args, block = [], line }: Directive, { variables }: Scope): readonly [string, GeoMap] => {
  const [source, target] = args.length === 1 ? ['$remote_addr', args[0] ?? ''] : [args[0] ?? '', args[1] ?? ''];
  const strange = block.find(({ name }) => STRANGE.has(name));
  if (strange !== undefined) throw cannotObey(`geo … ${strange.name}`, strange.line);
  const ranges = block.filter(({ name }) => name !== 'default');
  return [
    target.replace(/^\$/, ''),
    {
      source: compileTemplate(source, variables, line),
      ranges: ranges
        .map(({ name, args: [value = ''], line: at }) => ({ range: addressRangeOf(name, at), value }))
        .sort((a, b) => b.range.length - a.range.length),
      otherwise: block.find(({ name }) => name === 'default')?.args[0] ?? '',
    },
  ];
};
