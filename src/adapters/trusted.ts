/** What TLS trusts: the authorities that Node knows, those of NODE_EXTRA_CA_CERTS, and one file more. */
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { textOrNothing } from './read-bounded.ts';

/** All the authorities of a system are a quarter of a megabyte. */
const LARGEST_PEM_BYTES = 4 * 1024 * 1024;

/** An own list takes the place of all that Node trusts by itself, so that is added again. */
/** Node has warned already of one that cannot be read, and goes on without. */
const extra = (path: string | undefined): readonly string[] => {
  const text = path === undefined ? undefined : textOrNothing(path, LARGEST_PEM_BYTES);
  return text === undefined ? [] : [text];
};

/**
 * Made when it is first needed, once: a hundred and more certificates are read for it.
 * @param file absolute path of a PEM file; undefined: Node's own way
 * @param extraFile as in NODE_EXTRA_CA_CERTS
 */
export const createTrusted = (
  file: string | undefined,
  extraFile: string | undefined,
): (() => SecureContext | undefined) => {
  let context: SecureContext | undefined;
  return () => {
    if (file === undefined) return undefined;
    context ??= createSecureContext({ ca: [...rootCertificates, ...extra(extraFile), ...extra(file)] });
    return context;
  };
};
