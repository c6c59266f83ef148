import type { Account, FilterSpec, ForgeRef, ReceiverRef } from '../../stack/stack.ts';

/** A pipeline event of the forge has become a message in the room. */
export type AnnouncementSpec = {
  readonly job: 'announcement';
  /** Name of its node. */
  readonly proof: string;
  readonly forge: ForgeRef;
  /** Bundled: a pipeline is run; external: the hook's own test delivery is asked for. */
  readonly external: boolean;
  /** Name of the job that makes the hooks, for advice. */
  readonly hooksBy: string;
  readonly project: string;
  /** Where that stands in chatops.yaml, for advice: `forge.announce[0]`. */
  readonly place: string;
  readonly room: string;
  /** What the room wants to hear of it, where it is not everything. */
  readonly filter?: Pick<FilterSpec, 'branches' | 'loud'>;
  readonly publicUrl: string;
  readonly account: Account;
  readonly receiver: ReceiverRef;
  /** As `ChatOffer.speaks`. */
  readonly speaks?: string;
};
