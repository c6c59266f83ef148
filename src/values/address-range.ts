/** Ranges of IP addresses as users write them: `10.0.0.7`, `10.0.0.0/8`, `fd00::/8`. Pure: no name is looked up. */

export interface AddressRange {
  readonly family: 4 | 6;
  /** Bits that are fixed, from the front: 0 is everybody; 32 or 128 is one address. */
  readonly fixed: number;
  /** The first address of the range and the number of its bits that are fixed: `10.0.0.0/8`; one address alone without `/`. */
  readonly text: string;
  /** False where an address within the range was written: `10.1.2.3/8`. */
  readonly isFirst: boolean;
}

const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

const bitsOfV4 = (text: string): bigint =>
  text.split('.').reduce((bits, octet) => (bits << 8n) | BigInt(Number(octet)), 0n);

const textOfV4 = (bits: bigint): string => [24n, 16n, 8n, 0n].map((shift) => String((bits >> shift) & 255n)).join('.');

/** RFC 5952, as URLs write it (WHATWG URL, IPv6 serializer). */
const canonicalV6 = (text: string): string | undefined => {
  const url = `http://[${text}]/`;
  return /^[\da-f:.]+$/i.test(text) && text.includes(':') && URL.canParse(url)
    ? new URL(url).hostname.slice(1, -1)
    : undefined;
};

const bitsOfV6 = (canonical: string): bigint => {
  const [head = '', tail] = canonical.split('::');
  const groups = (part: string): readonly string[] => (part === '' ? [] : part.split(':'));
  const [before, after] = [groups(head), groups(tail ?? '')];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => '0');
  return [...before, ...zeros, ...after].reduce((bits, group) => (bits << 16n) | BigInt(`0x${group}`), 0n);
};

const textOfV6 = (bits: bigint): string => {
  const groups = Array.from({ length: 8 }, (_, index) => ((bits >> BigInt(112 - 16 * index)) & 0xffffn).toString(16));
  return canonicalV6(groups.join(':')) ?? '';
};

const firstOf = (bits: bigint, width: number, fixed: number): bigint => {
  const free = BigInt(width - fixed);
  return (bits >> free) << free;
};

/** Undefined when the text is no range of addresses. */
export const readAddressRange = (text: string): AddressRange | undefined => {
  const { address = '', length } = /^(?<address>[^/]+)(?:\/(?<length>\d{1,3}))?$/.exec(text)?.groups ?? {};
  const isV4 = IPV4.test(address);
  const v6 = isV4 ? undefined : canonicalV6(address);
  if (!isV4 && v6 === undefined) return undefined;
  const width = isV4 ? 32 : 128;
  const fixed = length === undefined ? width : Number(length);
  if (fixed > width) return undefined;
  const bits = isV4 ? bitsOfV4(address) : bitsOfV6(v6 ?? '');
  const first = firstOf(bits, width, fixed);
  const written = isV4 ? textOfV4(first) : textOfV6(first);
  return {
    family: isV4 ? 4 : 6,
    fixed,
    text: fixed === width ? written : `${written}/${fixed}`,
    isFirst: first === bits,
  };
};
