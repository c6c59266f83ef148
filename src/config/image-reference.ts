/** What the reference of a container image says about the version inside. */

export interface ImageReference {
  /** Without registry host and tag: `example/wiki`. */
  readonly repository: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

export interface Version {
  readonly major: number;
  readonly minor: number;
}

export const parseImageReference = (reference: string): ImageReference => {
  const [named = '', digest] = reference.split('@');
  const slash = named.lastIndexOf('/');
  const colon = named.indexOf(':', slash + 1);
  const path = colon === -1 ? named : named.slice(0, colon);
  const [first = '', ...rest] = path.split('/');
  const hasHost = rest.length > 0 && (/[.:]/.test(first) || first === 'localhost');
  return {
    repository: hasHost ? rest.join('/') : path,
    tag: colon === -1 ? undefined : named.slice(colon + 1),
    digest,
  };
};

/** major.minor out of a tag (`8.0-noble`, `alpine-v19.3.0`, `19.3.0-ce.0`); undefined when it says none. */
export const versionOf = (text: string): Version | undefined => {
  const found = /(?:^|[^0-9.])([0-9]+)\.([0-9]+)(?:\.|-|_|$)/.exec(text);
  return found === null ? undefined : { major: Number(found[1]), minor: Number(found[2]) };
};

export const imageVersion = (reference: string): Version | undefined => {
  const { tag } = parseImageReference(reference);
  return tag === undefined ? undefined : versionOf(tag);
};

/** -1, 0, 1 by major and minor. */
export const compareVersions = (a: Version, b: Version): number => Math.sign(a.major - b.major || a.minor - b.minor);

/** A version down to the minor, a build number or a digest: what is pulled tomorrow is of the same line as today. */
export const isPinned = (reference: string): boolean => {
  const { tag = '', digest } = parseImageReference(reference);
  return digest !== undefined || imageVersion(reference) !== undefined || /[0-9]{6,}|\b[0-9a-f]{7,}\b/.test(tag);
};
