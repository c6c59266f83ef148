import type { Draft, Part } from '../../contracts/part.ts';
import { gatesOnLeaves } from '../../stack/graph.ts';
import type { ForgeOffer, JobNode } from '../../stack/stack.ts';
import { withoutReceiver } from '../../stack/without-receiver.ts';
import type { AnnouncementSpec } from './spec.ts';

const NAME = 'announcement';

type Announced = Pick<AnnouncementSpec, 'project' | 'place' | 'room' | 'filter'>;

const announced = ({ source, place, room, events, filter }: ForgeOffer['announces'][number]): readonly Announced[] =>
  source.kind === 'project' && events.includes('pipeline')
    ? [{ project: source.path, place, room, ...(filter && { filter }) }]
    : [];

/** The first announced project with pipeline events; without one there is nothing that could be proven. */
const announcement = ({ nodes, offers: { chat, forge, receiver } }: Draft): readonly JobNode[] => {
  const first = forge?.announces.flatMap(announced)[0];
  if (!chat || !forge || !receiver || !first) return [];
  const { ref, external, hooksBy } = forge;
  const job: AnnouncementSpec = {
    job: 'announcement',
    proof: NAME,
    forge: ref,
    external,
    hooksBy,
    ...first,
    publicUrl: chat.ownWay,
    account: chat.bot,
    receiver,
    ...(chat.speaks === undefined ? {} : { speaks: chat.speaks }),
  };
  const node: JobNode = {
    kind: 'job',
    name: NAME,
    gates: gatesOnLeaves(nodes),
    awaited: false,
    job,
    ...withoutReceiver(job),
    // The first job of a new runner pulls its images before it begins.
    withinMs: 600_000,
  };
  return [node];
};

export const announcementPart: Part = {
  name: NAME,
  timed: [NAME],
  surround: (_, draft) => ({ nodes: announcement(draft) }),
  jobs: async () => ({ announcement: (await import('./announcement.ts')).createAnnouncementJob }),
};
