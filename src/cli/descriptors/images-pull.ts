import { describeCommand } from '../../programs/descriptors/descriptor.ts';
import { IMAGES_GROUP } from './images-group.ts';

export const imagesPull = describeCommand({
  name: 'pull',
  under: IMAGES_GROUP,
  about: 'fetches what each image’s name stands for now, but for locked ones; `plan` then shows what that would change',
  group: 'The stack',
  readMore: 'images.md',
  args: {},
  options: {},
  load: async () => (await import('../commands/images.ts')).imagesPullCommand,
});
