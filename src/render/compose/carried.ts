/** Containers that run code of parts that are not ours have it mounted: their jobs, what asks inside, some HEALTHCHECKs. */
import type { RenderInput } from '../../contracts/renderer.ts';
import { PARTS_FILE, PARTS_PLACE } from '../../stack/names.ts';
import { healthcheckOf } from '../../stack/questions.ts';
import type { JobNode, ServiceNode, VolumeMount } from '../../stack/stack.ts';

const MOUNT: VolumeMount = { source: `./${PARTS_FILE}`, target: PARTS_PLACE, readOnly: true };

/** Every text under this key, in what it is made of too. */
const textsAt = (key: 'what' | 'speaks', spec: unknown): readonly string[] => {
  if (typeof spec !== 'object' || spec === null) return [];
  const own = (spec as Readonly<Record<string, unknown>>)[key];
  return [...(typeof own === 'string' ? [own] : []), ...Object.values(spec).flatMap((value) => textsAt(key, value))];
};

type Input = Pick<RenderInput, 'carried'>;

/**
 * A service runs it where it asks for those outside, where its own HEALTHCHECK asks a kind of such a part, or where it
 * talks in such a chat.
 */
export const carriedByService = (service: ServiceNode, { carried }: Input): readonly VolumeMount[] => {
  if (carried === undefined) return [];
  const asked = textsAt('what', healthcheckOf(service));
  const spoken = textsAt('speaks', service.usable);
  return service.reachesInside === true ||
    carried.kinds.some((kind) => asked.includes(kind)) ||
    carried.chats.some((chat) => spoken.includes(chat))
    ? [MOUNT]
    : [];
};

/** A job is done by it where it is of a kind that such a part does, or talks in such a chat. */
export const carriedByJob = ({ job }: JobNode, { carried }: Input): readonly VolumeMount[] => {
  if (carried === undefined) return [];
  const spoken = textsAt('speaks', job);
  return carried.jobs.includes(job.job) || carried.chats.some((chat) => spoken.includes(chat)) ? [MOUNT] : [];
};
