/** Rocket.Chat's names of rooms; never `@somebody`, and no room's id by accident: `#` is put in front. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

export const withoutSign = (name: string): string => name.replace(/^#/, '');

/** The room that `?channel=` names; undefined for what is no room's name. */
export const roomNamed = (channel: unknown): string | undefined => {
  const name = typeof channel === 'string' ? withoutSign(channel) : '';
  return NAME.test(name) ? name : undefined;
};
