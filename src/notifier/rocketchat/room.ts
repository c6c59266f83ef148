/** Rocket.Chat's names of rooms; never `@somebody`, and no room's id by accident: `#` is put in front. */
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

const withoutSign = (name: string): string => name.replace(/^#/, '');

/** The room of `?channel=`, else the default; undefined for what is no room's name. */
export const roomOf = (channel: unknown, fallback: string): string | undefined => {
  if (channel === undefined || channel === null || channel === '') return withoutSign(fallback);
  const name = typeof channel === 'string' ? withoutSign(channel) : '';
  return NAME.test(name) ? name : undefined;
};
