/** Every endpoint below `/api/v4`, by family. */

import type { ServerContext } from '../../standin.ts';
import type { Route } from '../http/route.ts';
import type { Features } from '../version.ts';
import { ciLintRoutes } from './ci-lint.ts';
import { groupRoutes } from './groups.ts';
import { issueRoutes } from './issues.ts';
import { jobTrafficRoutes } from './job-traffic.ts';
import { labelRoutes } from './labels.ts';
import { memberRoutes } from './members.ts';
import { pipelineRoutes } from './pipelines.ts';
import { groupHookRoutes, projectHookRoutes } from './project-hooks.ts';
import { projectRoutes } from './projects.ts';
import { repositoryRoutes } from './repository.ts';
import { repositoryRefRoutes } from './repository-refs.ts';
import { runnerTrafficRoutes } from './runner-traffic.ts';
import { runnerRoutes } from './runners.ts';
import { settingsRoutes } from './settings.ts';
import { systemHookRoutes } from './system-hooks.ts';
import { tokenRoutes } from './tokens.ts';
import { userRunnerRoutes } from './user-runners.ts';
import { userRoutes } from './users.ts';
import { variableRoutes } from './variables.ts';
import { versionRoutes } from './version.ts';

export const apiRoutes = (features: Features, lookup: ServerContext['lookup']): readonly Route[] => [
  ...versionRoutes(features),
  ...tokenRoutes(features),
  ...userRoutes,
  ...userRunnerRoutes,
  ...groupRoutes,
  ...projectRoutes,
  ...memberRoutes,
  ...repositoryRoutes,
  ...repositoryRefRoutes,
  ...projectHookRoutes(features, lookup),
  ...groupHookRoutes(features, lookup),
  ...systemHookRoutes(lookup),
  ...settingsRoutes,
  ...runnerRoutes,
  ...runnerTrafficRoutes(features),
  ...jobTrafficRoutes,
  ...pipelineRoutes,
  ...variableRoutes,
  ...labelRoutes,
  ...ciLintRoutes,
  ...issueRoutes,
];
