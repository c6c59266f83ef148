/** What proves that the forge's events become messages, and what is still to be done for it. Pure. */

import type { ChatMessage } from '../../contracts/chat.ts';
import type { Change, Decision } from '../../contracts/job.ts';

export interface AnnouncementSeen {
  /** The room as the bot sees it at the public address; undefined: it does not. */
  readonly roomId: string | undefined;
  /** The message of the remembered proof, read just now. */
  readonly proven: ChatMessage | undefined;
  /** A pipeline that an interrupted run asked for and did not see announced any more. */
  readonly pending: number | undefined;
  /** Why it cannot be proven, with the remedy, as this run has found out; undefined as long as nothing speaks against it. */
  readonly unprovable: string | undefined;
}

export interface AnnouncementChange extends Change {
  readonly pending: number | undefined;
}

export interface AnnouncementWanted {
  readonly project: string;
  readonly room: string;
  readonly bot: string;
  readonly publicUrl: string;
  /** Of pipelines only failures and recoveries are announced. */
  readonly onlyFailures: boolean;
}

export const decideAnnouncement = (
  { project, room, bot, publicUrl, onlyFailures }: AnnouncementWanted,
  seen: AnnouncementSeen,
): Decision<AnnouncementChange> => {
  if (seen.roomId === undefined) {
    const why = `${bot} sees no room of this name at ${publicUrl}`;
    const next = `make ${bot} a member of ${room}, or announce in another room`;
    return { changes: [], conflicts: [{ resource: 'room', name: room, why, next }], warnings: [] };
  }
  if (seen.proven) return { changes: [], conflicts: [], warnings: [] };
  if (onlyFailures) {
    const remedy = 'see a failure there, or play one: `chatops-up simulate pipeline-failed`';
    const why = `of ${project} #${room} hears of failures and recoveries only, so no good pipeline can prove it`;
    return { changes: [], conflicts: [], warnings: [`${why}: ${remedy}`] };
  }
  // A chat that the forge does not reach must not fail the run of the forge and all else.
  if (seen.unprovable !== undefined) return { changes: [], conflicts: [], warnings: [seen.unprovable] };
  const cause =
    seen.pending === undefined
      ? `no announcement of ${project} is known to have reached #${room}`
      : `pipeline ${seen.pending} was run, and its announcement was not seen yet`;
  const change = { action: 'create', resource: 'announcement', name: `${project} → #${room}`, cause } as const;
  return { changes: [{ ...change, pending: seen.pending }], conflicts: [], warnings: [] };
};

/** Whether a message is about this pipeline, whatever its words: by `#12`, or by the link to it. */
export const namesPipeline = (text: string, id: number): boolean =>
  new RegExp(`(#|/pipelines/)${id}(?!\\d)`).test(text);

/** Whether a message is about this project: by its full path, not as part of a longer one. */
export const namesProject = (text: string, project: string): boolean => {
  const path = project.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${path}(?![\\w-])`, 'i').test(text);
};
