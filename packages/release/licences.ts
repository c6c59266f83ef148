/** Under which licences packages of others may come with us. Pure. */
import type { LockedPackage } from './lock.ts';

/** SPDX names, with what each asks of us. All are free licences that do not reach into the work they are used in. */
export const ALLOWED: Readonly<Record<string, string>> = {
  '0BSD': 'nothing',
  'Apache-2.0': 'its text, and what its NOTICE says',
  'BSD-2-Clause': 'its text',
  'BSD-3-Clause': 'its text',
  'BlueOak-1.0.0': 'its text or a link to it',
  ISC: 'its text',
  MIT: 'its text',
  Unlicense: 'nothing',
};

/** Reaches the files under it alone, and these are never changed or shipped: for tools of the project's own work only. */
export const ALLOWED_FOR_WORK: Readonly<Record<string, string>> = { ...ALLOWED, 'MPL-2.0': 'changes of its own files' };

/** Manifests of the form before SPDX (`licenses: [{ type }]`), which the lock does not carry over. */
const OLD_FORM: Readonly<Record<string, string>> = { buildcheck: 'MIT', 'cpu-features': 'MIT', ssh2: 'MIT' };

/** SPDX expression; undefined where nobody says. */
export const licenceOf = ({ name, license }: Pick<LockedPackage, 'name' | 'license'>): string | undefined =>
  license ?? (Object.hasOwn(OLD_FORM, name) ? OLD_FORM[name] : undefined);

export const OLD_FORM_NAMES: readonly string[] = Object.keys(OLD_FORM);

/** `A OR B` is ours to choose; anything else that is composed is not understood, so not allowed. */
const isAllowed = (expression: string, allowed: Readonly<Record<string, string>>): boolean =>
  expression
    .replace(/^\((.*)\)$/, '$1')
    .split(' OR ')
    .some((each) => Object.hasOwn(allowed, each));

export interface Refused {
  readonly name: string;
  readonly version: string;
  readonly licence: string | undefined;
}

/** Packages whose licence is not in the list for what they are used for. */
export const refusedLicences = (packages: readonly LockedPackage[]): readonly Refused[] =>
  packages
    .map((each) => ({ ...each, licence: licenceOf(each) }))
    .filter(({ licence, dev }) => licence === undefined || !isAllowed(licence, dev ? ALLOWED_FOR_WORK : ALLOWED))
    .map(({ name, version, licence }) => ({ name, version, licence }));
