import type { HookSpec, HttpTarget, ReceiverRef, SecretName } from '../../../stack/stack.ts';

export type GitLabSetupSpec = {
  readonly job: 'gitlab-setup';
  readonly mark: string;
  readonly target: HttpTarget;
  readonly token: SecretName;
  /** An existing one: instance settings are never touched, projects never made. */
  readonly external: boolean;
  /** `host:port` entries that must stand in outbound_local_requests_whitelist. Empty when external. */
  readonly allowList: readonly string[];
  /** Full paths made when missing (bundled only); groups are made for their folders. */
  readonly projects: readonly string[];
  /** Tags of the CI job in projects we make, so that our runner takes it. Default: none (it takes untagged jobs). */
  readonly jobTags?: readonly string[];
  readonly hooks: readonly HookSpec[];
  readonly receiver: ReceiverRef;
  /** What hooks were sent to before, when `receiver` may have taken its place: it is retired when no hook needs it. */
  readonly former?: ReceiverRef;
  /** What addresses of hooks began with when another receiver took them that is in no stack any more; the room follows. */
  readonly formerPrefix?: string;
};
