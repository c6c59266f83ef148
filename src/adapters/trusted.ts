/** What TLS trusts: the authorities that Node knows, those of NODE_EXTRA_CA_CERTS, and one file more. */
import { readFileSync } from 'node:fs';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';

/** An own list takes the place of all that Node trusts by itself, so that is added again. */
const extra = (path: string | undefined): readonly string[] => {
  try {
    return path === undefined ? [] : [readFileSync(path, 'utf8')];
  } catch {
    // Node has warned of it already and goes on without.
    return [];
  }
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
