import type { Job, Pipeline } from '../model.ts';
import type { World } from '../world.ts';

/** In the order they were made, which is the order of stages; of one that was retried the newest. */
export const jobsOf = (world: World, pipeline: Pipeline): readonly Job[] =>
  world.state.jobs.all().filter(({ pipelineId, retried }) => pipelineId === pipeline.id && retried !== true);
