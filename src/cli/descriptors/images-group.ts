/** The word that commands on the images of a stack stand under. */
export const IMAGES_GROUP = {
  name: 'images',
  about: 'the images of the stack, and the digests that images.lock holds them to',
};
