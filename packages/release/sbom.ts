/** A list of what is in a release, in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/). Pure: the same lock gives the same text. */
import { licenceOf } from './licences.ts';
import type { Lock, LockedPackage } from './lock.ts';

export interface Released {
  readonly name: string;
  readonly version: string;
  readonly license: string;
}

/** https://github.com/package-url/purl-spec: the `@` of a scope is encoded. */
export const purl = (name: string, version: string): string =>
  `pkg:npm/${name.replace(/^@/, '%40')}@${encodeURIComponent(version)}`;

const HASHES: Readonly<Record<string, string>> = { sha512: 'SHA-512', sha256: 'SHA-256', sha1: 'SHA-1' };

const hashesOf = ({ integrity }: LockedPackage): object => {
  const [, name = '', digest = ''] = /^(sha\d+)-(.+)$/.exec(integrity ?? '') ?? [];
  const alg = HASHES[name];
  return alg === undefined ? {} : { hashes: [{ alg, content: Buffer.from(digest, 'base64').toString('hex') }] };
};

const licencesOf = (expression: string | undefined): object => {
  if (expression === undefined) return {};
  return { licenses: [expression.includes(' ') ? { expression } : { license: { id: expression } }] };
};

const componentOf = (each: LockedPackage): object => ({
  type: 'library',
  'bom-ref': each.path,
  name: each.name,
  version: each.version,
  scope: each.optional ? 'optional' : 'required',
  ...hashesOf(each),
  ...licencesOf(licenceOf(each)),
  purl: purl(each.name, each.version),
});

/** What stands beside it in the tools (compose/tools/platforms.mjs), as the machine has it that builds them. */
const C_LIBRARY = {
  type: 'library',
  'bom-ref': 'tools/glibc',
  name: 'glibc',
  scope: 'optional',
  licenses: [{ license: { id: 'LGPL-2.1-or-later' } }],
  externalReferences: [{ type: 'source-distribution', url: 'https://sources.debian.org/src/glibc/' }],
};

const inTools = (each: LockedPackage): LockedPackage => ({ ...each, path: `tools/${each.path}`, optional: true });

/**
 * What a user of the package installs with it; not what only work on the project needs.
 * @param runtimes what the executables of the tools are made with, and hold
 */
export const sbom = ({ name, version, license }: Released, lock: Lock, runtimes: Lock): string => {
  const held = runtimes.packages.map(inTools).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const shipped = lock.packages.filter(({ dev }) => !dev).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const paths = new Set(shipped.map(({ path }) => path));
  const own = purl(name, version);
  const needs = (each: readonly string[]): readonly string[] => each.filter((path) => paths.has(path));
  return `${JSON.stringify(
    {
      $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      version: 1,
      metadata: {
        component: { type: 'application', 'bom-ref': own, name, version, ...licencesOf(license), purl: own },
      },
      components: [...shipped.map(componentOf), ...held.map(componentOf), C_LIBRARY],
      dependencies: [
        { ref: own, dependsOn: [...needs(lock.needs), ...held.map(({ path }) => path), C_LIBRARY['bom-ref']] },
        ...shipped.map((each) => ({ ref: each.path, dependsOn: needs(each.needs) })),
      ],
    },
    null,
    2,
  )}\n`;
};
