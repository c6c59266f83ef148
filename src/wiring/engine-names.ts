/** Our engines, in the order in which `auto` asks them. Names only: every start reads them, also of --help. */
export const ENGINE_NAMES = ['docker', 'embedded'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];
