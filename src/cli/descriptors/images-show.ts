import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { IMAGES_GROUP } from './images-group.ts';

export const imagesShow = describeCommand({
  name: 'show',
  under: IMAGES_GROUP,
  about: 'each image, its digest in images.lock, and what the engine has; asks no registry, changes nothing',
  group: 'The stack',
  readMore: 'images.md',
  args: {},
  options: {},
  load: async () => (await import('../commands/images.ts')).imagesShowCommand,
});
