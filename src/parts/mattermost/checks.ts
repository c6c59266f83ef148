import type { Checks } from '../../contracts/check.ts';
import { chatChecks } from './checks/chat.ts';

export const mattermostChecks: Checks = { settled: [chatChecks] };
