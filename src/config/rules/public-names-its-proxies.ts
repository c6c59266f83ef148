import { type AddressRange, readAddressRange } from '../../values/address-range.ts';
import type { Finding } from '../finding.ts';
import { show } from '../show.ts';
import type { Rule } from './rule.ts';

/** Fixed bits below which a range is larger than any network of one owner: 10.0.0.0/8 is the largest private one, fc00::/7 as well. */
const WIDE = { 4: 8, 6: 7 } as const;

const EVERYBODY = 'everybody could claim to come from any address, and to have come by https';

const judge = (text: string, range: AddressRange | undefined): Omit<Finding, 'path'> | undefined => {
  if (range === undefined) {
    return {
      message: `${show(text)} is no address and no range of addresses`,
      fix: 'write an address (10.0.0.7) or a range (10.0.0.0/24, fd00::/64); a name may mean another address tomorrow',
    };
  }
  if (range.fixed === 0) {
    return {
      message: `${show(text)} is the whole internet: ${EVERYBODY}`,
      fix: 'name the address that the proxy comes from',
    };
  }
  if (!range.isFirst) {
    return {
      message: `${show(text)} is an address within a range, not where the range begins`,
      fix: `write ${range.text}, or the address alone if only it is meant`,
    };
  }
  if (range.fixed < WIDE[range.family]) {
    return {
      message: `${show(text)} is a large part of the internet: anybody in it can claim to come from any address`,
      fix: 'name the addresses that the proxy comes from',
      warning: true,
    };
  }
  return undefined;
};

/** Headers that say where a client comes from are believed of those named here: of nobody by accident. */
export const publicNamesItsProxies: Rule = {
  name: 'public-names-its-proxies',
  reads: ['public'],
  check: ({ written: { public: outer } }) => {
    if (outer === undefined) return [];
    const { proxies } = outer;
    if (proxies === undefined || proxies.length === 0) {
      return [
        {
          path: proxies === undefined ? ['public'] : ['public', 'proxies'],
          message: '`public` needs `proxies`: without one nobody is believed that the user came by another address',
          fix: 'add `proxies: [<address that the proxy comes from>]`; a proxy on this machine comes from the gateway of a Docker network',
        },
      ];
    }
    return proxies.flatMap((text, index) => {
      const found = judge(text, readAddressRange(text));
      return found === undefined ? [] : [{ path: ['public', 'proxies', index], ...found }];
    });
  },
};
