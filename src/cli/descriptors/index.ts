import type { Descriptor } from '../../programs/descriptors/descriptor.ts';
import { PROGRAMS } from '../../programs/descriptors/index.ts';
import { completion } from './completion.ts';
import { doctor } from './doctor.ts';
import { down } from './down.ts';
import { explain } from './explain.ts';
import { graph } from './graph.ts';
import { imagesLock } from './images-lock.ts';
import { imagesPull } from './images-pull.ts';
import { imagesShow } from './images-show.ts';
import { init } from './init.ts';
import { logs } from './logs.ts';
import { notifierTest } from './notifier-test.ts';
import { open } from './open.ts';
import { plan } from './plan.ts';
import { render } from './render.ts';
import { rotate } from './rotate.ts';
import { simulate } from './simulate.ts';
import { smoke } from './smoke.ts';
import { status } from './status.ts';
import { toolsBuild } from './tools-build.ts';
import { toolsExport } from './tools-export.ts';
import { toolsShow } from './tools-show.ts';
import { up } from './up.ts';

/** Every command of chatops-up, in the order of its help. */
export const COMMANDS: readonly Descriptor[] = [
  up,
  plan,
  render,
  down,
  init,
  rotate,
  imagesShow,
  imagesPull,
  imagesLock,
  toolsBuild,
  toolsExport,
  toolsShow,
  status,
  doctor,
  logs,
  open,
  graph,
  smoke,
  simulate,
  notifierTest,
  explain,
  completion(() => COMMANDS),
  ...PROGRAMS.filter(({ inImageOnly }) => !inImageOnly),
];
