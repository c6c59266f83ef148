import type { Checks } from '../../contracts/check.ts';
import { gitlabChecks } from './checks/gitlab.ts';

export const gitlabPartChecks: Checks = { settled: [gitlabChecks] };
