/** Containers that run code of parts that are not ours have it mounted: their jobs, what asks inside, some HEALTHCHECKs. */
import type { RenderInput } from '../../contracts/renderer.ts';
import { PARTS_FILE, PARTS_PLACE } from '../../stack/names.ts';
import { healthcheckOf } from '../../stack/questions.ts';
import type { JobNode, ServiceNode, VolumeMount } from '../../stack/stack.ts';

const MOUNT: VolumeMount = { source: `./${PARTS_FILE}`, target: PARTS_PLACE, readOnly: true };

/** Every kind that is asked, those in a composite too. */
const kindsIn = (spec: unknown): readonly string[] => {
  if (typeof spec !== 'object' || spec === null) return [];
  const own = 'what' in spec && typeof spec.what === 'string' ? [spec.what] : [];
  return [...own, ...Object.values(spec).flatMap(kindsIn)];
};

type Input = Pick<RenderInput, 'carried'>;

/** A service runs it where it asks for those outside, or where its own HEALTHCHECK asks a kind of such a part. */
export const carriedByService = (service: ServiceNode, { carried }: Input): readonly VolumeMount[] => {
  if (carried === undefined) return [];
  const asked = kindsIn(healthcheckOf(service));
  return service.reachesInside === true || carried.kinds.some((kind) => asked.includes(kind)) ? [MOUNT] : [];
};

/** A job is done by it where it is of a kind that such a part does. */
export const carriedByJob = ({ job }: JobNode, { carried }: Input): readonly VolumeMount[] =>
  carried?.jobs.includes(job.job) ? [MOUNT] : [];
