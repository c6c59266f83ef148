/** What the job sees and what it may change: plain data, shared by observing, deciding and applying. */

import type {
  ForgeHook,
  ForgeProject,
  HookDelivery,
  HookEvent,
  HookPlace,
  HookWanted,
} from '../../../contracts/forge.ts';
import type { HookSource } from '../../../contracts/hook-places.ts';
import type { Change } from '../../../contracts/job.ts';
import type { ObjectId } from '../../../contracts/object-id.ts';
import type { ReceiverAddress } from '../../../contracts/receiver.ts';
import type { Secret } from '../../../values/secret.ts';
import type { SentAgain } from '../gitlab.ts';

export interface GitLabSeen {
  /** As GitLab says it; '' when it was not asked. */
  readonly version: string;
  /** Undefined when it was not asked (an existing GitLab). */
  readonly allowList: readonly string[] | undefined;
  /** Full paths that exist, of the folders that wanted projects lie in. */
  readonly groups: readonly string[];
  /** Wanted projects that exist (bundled only). */
  readonly projects: readonly ForgeProject[];
  /** Path of a project that we made → text of its first file; asked where the runner takes jobs with tags only. */
  readonly ciFiles: ReadonlyMap<string, string>;
  /** Where hooks send to; undefined while there is none, and where no hook is wanted. */
  readonly receiver: ReceiverAddress | undefined;
  /** What they may have been sent to before; undefined where there is none. */
  readonly former: ReceiverAddress | undefined;
  /** Of `.env`; of it the tokens of hooks are made. */
  readonly secret: Secret;
  readonly places: readonly SeenPlace[];
  /** Hook key (place and room) → why GitLab would not take it in this run. */
  readonly refused: ReadonlyMap<string, string>;
  /** Hook key → how far fixing a switched-off hook has come in this run. */
  readonly fixing: ReadonlyMap<string, HookFix>;
  /** Hook key → what was sent through it, newest first; of hooks of ours that GitLab has switched off. */
  readonly failing: ReadonlyMap<string, readonly HookDelivery[]>;
  /** The receiver takes another secret than that of `.env`, alone or beside it: hooks may still send it. */
  readonly rotates: boolean;
  /** What was sent through a hook of ours and never reached an answer, while GitLab may not have known that it may. */
  readonly undelivered: readonly Undelivered[];
  /** Keys of deliveries → what sending them again came to in this run. */
  readonly sentAgain: ReadonlyMap<string, SendingAgain>;
  /** Keys of hooks that were saved in this run, and so have the secret of `.env`. */
  readonly saved: ReadonlySet<string>;
}

export interface Undelivered {
  /** Hook key. */
  readonly hook: string;
  readonly place: HookPlace;
  readonly hookId: number;
  readonly id: number;
  /** Of the delivery. */
  readonly key: string;
  /** `push`, `pipeline`. */
  readonly kind: string;
}

export interface SendingAgain {
  /** Of the change. */
  readonly name: string;
  readonly outcome: SentAgain;
}

export type HookFix = { readonly step: 'saved' } | { readonly step: 'tested'; readonly outcome: string };

export interface SeenPlace {
  readonly source: HookSource;
  /** How GitLab is asked about it; a path where it does not exist yet. */
  readonly place: HookPlace;
  readonly state:
    | { readonly kind: 'seen'; readonly hooks: readonly ForgeHook[] }
    /** Not made yet, or not looked at yet. */
    | { readonly kind: 'new' }
    | { readonly kind: 'missing' }
    /** Hooks of groups need a paid edition. */
    | { readonly kind: 'unsupported' };
}

export type GitLabChange = Change &
  (
    | { readonly what: 'allow-list'; readonly entries: readonly string[] }
    | { readonly what: 'group'; readonly path: string; readonly description: string }
    | { readonly what: 'project'; readonly path: string; readonly description: string }
    | { readonly what: 'ci-file'; readonly project: ObjectId; readonly content: string }
    | { readonly what: 'ci-tags'; readonly project: ObjectId; readonly branch: string; readonly content: string }
    | {
        readonly what: 'hook-create';
        readonly key: string;
        readonly source: HookSource;
        readonly place: HookPlace;
        readonly hook: HookWanted;
      }
    | {
        readonly what: 'hook-update';
        readonly key: string;
        readonly place: HookPlace;
        readonly id: number;
        readonly hook: HookWanted;
        /** Saved again only because GitLab had switched it off. */
        readonly fixes: boolean;
      }
    | {
        readonly what: 'hook-test';
        readonly key: string;
        readonly place: HookPlace;
        readonly id: number;
        readonly events: readonly HookEvent[];
      }
    | ({ readonly what: 'send-again' } & Pick<Undelivered, 'place' | 'hookId' | 'id' | 'key'>)
    | { readonly what: 'hook-delete'; readonly place: HookPlace; readonly id: number }
    /** Ends a change of the secret: the receiver takes that of `.env` only. */
    | { readonly what: 'forget-secrets' }
    /** The former receiver takes nothing any more. */
    | { readonly what: 'retire' }
  );

export const nameOfSource = (source: HookSource): string =>
  source.kind === 'instance' ? 'the instance' : `${source.kind} ${source.path}`;

/** Equal for one place, however it is written: paths of GitLab do not tell capitals apart. */
export const keyOfSource = (source: HookSource): string => nameOfSource(source).toLowerCase();

/** How GitLab is asked about a place whose id is not known. */
export const placeByPath = (source: HookSource): HookPlace =>
  source.kind === 'instance' ? source : { kind: source.kind, id: source.path };

export const hookKey = (source: HookSource, room: string): string => `${nameOfSource(source)} → #${room}`;
