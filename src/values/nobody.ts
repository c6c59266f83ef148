/** Id of the user, and of its group, that a container runs as when it asks for no other. No image has a name for it. */
export const NOBODY_ID = 65_532;
