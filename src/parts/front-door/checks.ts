import type { Checks } from '../../contracts/check.ts';
import { certificateChecks } from './checks/certificates.ts';
import { virtualHostChecks } from './checks/virtual-hosts.ts';

export const frontDoorChecks: Checks = { starting: [virtualHostChecks], settled: [certificateChecks] };
