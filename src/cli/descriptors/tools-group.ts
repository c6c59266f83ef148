/** The word that commands on the tools image stand under. */
export const TOOLS_GROUP = {
  name: 'tools',
  about: 'the image of what runs inside containers, which is made here and in no registry',
};
