/** Authorities of a person's own, for every container of ours that may ask an address with TLS. */
import type { Config } from '../config/config.ts';
import type { VolumeMount } from './stack.ts';
import { stackFile } from './stack-file.ts';

export const AUTHORITY_TARGET = '/etc/chatops/authority.pem';

/** Node reads it when it starts, and so does what our own programs are compiled by. */
export const authorityEnvironment = ({ authority }: Config): Readonly<Record<string, string>> =>
  authority === undefined ? {} : { NODE_EXTRA_CA_CERTS: AUTHORITY_TARGET };

export const authorityVolumes = ({ authority }: Config): readonly VolumeMount[] =>
  authority === undefined ? [] : [{ source: stackFile(authority), target: AUTHORITY_TARGET, readOnly: true }];
