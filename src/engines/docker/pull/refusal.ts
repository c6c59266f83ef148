/** Why an image could not be fetched, as far as the engine's words show it. Pure. */
import type { KnownCause } from '../../../contracts/diagnosis.ts';

export const HUB_CALLED = 'Docker Hub';

/** Who is asked for an image: `Docker Hub`, `registry.example.com`. */
export const registryCalled = (image: string): string => {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? first : HUB_CALLED;
};

interface Reading {
  readonly words: RegExp;
  readonly cause: (image: string) => KnownCause;
}

const READINGS: readonly Reading[] = [
  {
    words: /no space left on device/i,
    cause: () => ({
      what: 'the disk under the engine is full',
      next: 'make room: `docker system df` shows what takes it',
    }),
  },
  {
    words: /no matching manifest for/i,
    cause: () => ({ what: "there is no build of it for this machine's CPU", next: 'name an image that has one' }),
  },
  {
    words: /toomanyrequests|rate limit/i,
    cause: (image) => ({
      what: `${registryCalled(image)} gives no more images to this address for now`,
      next: '`docker login`, or wait an hour',
    }),
  },
  {
    words: /manifest unknown|manifest for .+ not found|not found: manifest|: not found$/im,
    cause: (image) => ({
      what: 'its registry does not have that tag',
      next: `a typo in the tag? \`docker pull ${image}\` says the same; the registry's page lists the tags there are`,
    }),
  },
  {
    words:
      /pull access denied|repository does not exist|unauthorized|authentication required|no basic auth credentials|denied/i,
    cause: (image) => ({
      what: 'there is no such repository, or it is private',
      next: `a typo in the name? Else log in: \`docker login${registryCalled(image) === HUB_CALLED ? '' : ` ${registryCalled(image)}`}\``,
    }),
  },
  {
    words:
      /no such host|server misbehaving|lookup |dial tcp|i\/o timeout|unreachable|connection (?:refused|reset)|TLS handshake|x509|EOF|Client\.Timeout|proxyconnect/i,
    cause: (image) => ({
      what: `the engine does not reach ${registryCalled(image)}: no network, no name service, or a proxy it does not know`,
      next: 'check the network of the machine that the engine runs on; where there is none, bring the image with `docker save` and `docker load`',
    }),
  },
];

/** @param said the engine's words */
export const readRefusal = (image: string, said: string): KnownCause | undefined =>
  READINGS.find(({ words }) => words.test(said))?.cause(image);
