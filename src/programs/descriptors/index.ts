import { bot } from './bot.ts';
import type { Descriptor } from './descriptor.ts';
import { install } from './install.ts';
import { job } from './job.ts';
import { prober } from './prober.ts';
import { relay } from './relay.ts';

/** What the tools image runs. */
export const PROGRAMS: readonly Descriptor[] = [install, job, bot, relay, prober];
