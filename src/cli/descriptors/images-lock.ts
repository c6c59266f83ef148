import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { flag } from '../../programs/descriptors/option-kinds.ts';
import { IMAGES_GROUP } from './images-group.ts';

export const imagesLock = describeCommand({
  name: 'lock',
  under: IMAGES_GROUP,
  about: 'fetches each image by its name and writes its digest to images.lock, which `up` holds to from then on',
  group: 'The stack',
  readMore: 'images.md',
  args: {},
  options: { here: flag('lock what the engine has, ask no registry') },
  load: async () => (await import('../commands/images.ts')).imagesLockCommand,
});
