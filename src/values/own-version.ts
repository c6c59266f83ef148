/** Put in by the bundler (bundling.config.mjs). */
declare const CHATOPS_VERSION: string;

/** Of chatops-up: `0.1.0`. Sources that nobody has bundled are of no release. */
export const OWN_VERSION: string = typeof CHATOPS_VERSION === 'undefined' ? 'unreleased' : CHATOPS_VERSION;
