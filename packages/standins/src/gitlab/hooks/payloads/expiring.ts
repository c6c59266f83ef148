/** Tokens that run out soon: `access_token` and `deploy_token` events. */
import type { Project } from '../../model.ts';
import { isoTime } from '../../state.ts';
import type { World } from '../../world.ts';
import { projectPartLong, utcTime } from './common.ts';

const WEEK_MS = 7 * 24 * 60 * 60_000;

export const accessTokenPayload = (world: World, project: Project) => ({
  object_kind: 'access_token',
  project: projectPartLong(world, project),
  object_attributes: {
    user_id: project.creatorId,
    created_at: utcTime(project.createdAt),
    id: 1,
    name: 'deploys',
    expires_at: isoTime(world.time.now() + WEEK_MS).slice(0, 10),
  },
  event_name: 'expiring_access_token',
});

export const deployTokenPayload = (world: World, project: Project) => ({
  object_kind: 'deploy_token',
  project: projectPartLong(world, project),
  object_attributes: {
    id: 1,
    name: 'registry reader',
    username: 'gitlab+deploy-token-1',
    created_at: utcTime(project.createdAt),
    expires_at: isoTime(world.time.now() + WEEK_MS),
    expires_in: 7,
  },
  event_name: 'expiring_deploy_token',
});
