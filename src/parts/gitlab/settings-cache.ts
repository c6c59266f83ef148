/**
 * GitLab's settings are cached by each of its processes on its own, and a write clears the copy of that process alone
 * which wrote (gl:app/models/concerns/cacheable_attributes.rb, gl:doc/api/settings.md). So after the outbound list has
 * changed, a hook's address may be good where requests are answered and refused where hooks are delivered; what is
 * refused there is not sent again by itself (gl:app/services/web_hook_service.rb). The settings do not say when they
 * were changed, but a hook cannot be older than the list that lets it be saved, and it says when it was made.
 */

/** For how long in a bundled GitLab. The vendor's default is 60; at 0 every request would read the table. */
export const SETTINGS_CACHED_S = 5;

/** Age of a hook, ms, from which on every process of a bundled GitLab knows the list that it was saved by; 1 s to spare. */
export const SETTLED_MS = (SETTINGS_CACHED_S + 1) * 1_000;

/** The same where the container's own configuration may say otherwise: the vendor's default, and what a look takes. */
export const SURELY_SETTLED_MS = 75_000;
