import type { Target } from '../target.ts';
import { answers } from './answers.ts';
import { config } from './config.ts';
import { env } from './env.ts';
import { paths } from './paths.ts';
import { payloads, relaySettings } from './payloads.ts';
import { state } from './state.ts';
import { wire } from './wire.ts';
import { words } from './words.ts';

export const TARGETS: readonly Target[] = [
  config,
  env,
  paths,
  ...state,
  ...wire,
  ...answers,
  payloads,
  relaySettings,
  words,
];
