/** What `release.mjs` is made from. */
export { releaseSection } from './changelog.ts';
export { refusedLicences } from './licences.ts';
export { readLock } from './lock.ts';
export { lockAt, manifestAt, manifestOf } from './manifests.ts';
export { provenanceIn } from './provenance.ts';
export { sbom } from './sbom.ts';
export { NAME_TOOLS, withToolsVersion } from './tools-version.ts';
export { isLater, isVersion } from './version.ts';
