export interface TlsTarget {
  readonly host: string;
  readonly port: number;
  /** The name asked for (SNI), which the certificate must be for. */
  readonly name: string;
  /** Whole handshake, ms. Default 5 000. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface Certificate {
  /** Host names it is for, wildcards as they stand. */
  readonly names: readonly string[];
  readonly issuer: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  /** Why it is not for the name that was asked for; undefined when it is. */
  readonly wrongName: string | undefined;
  /** Why this machine does not trust it, as TLS calls it (`DEPTH_ZERO_SELF_SIGNED_CERT`); undefined when it does. */
  readonly distrusted: string | undefined;
}

export interface Tls {
  /**
   * Reads the certificate a server shows, whether or not it is good, and closes the connection.
   * @throws ChatopsError UNREACHABLE (refused, reset, DNS, timed out, no TLS there)
   */
  certificate(target: TlsTarget): Promise<Certificate>;
}
