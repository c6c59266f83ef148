import type { Job, Pipeline } from '../model.ts';
import type { World } from '../world.ts';

/** In the order they were made, which is the order of stages. */
export const jobsOf = (world: World, pipeline: Pipeline): readonly Job[] =>
  world.state.jobs.all().filter(({ pipelineId }) => pipelineId === pipeline.id);
