/**
 * The caller's address: the last `HTTP_FORWARDED_COUNT` entries of X-Forwarded-For were written by our own proxies
 * (preset to 1 by RocketChat/Rocket.Chat:apps/meteor/packages/rocketchat-mongo-config).
 */
export const clientAddress = (
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
  remoteAddress: string,
  env: Readonly<Record<string, string>>,
): string => {
  const proxies = Number(env.HTTP_FORWARDED_COUNT ?? 1);
  const forwarded = String(headers['x-forwarded-for'] ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return forwarded[forwarded.length - proxies] ?? remoteAddress;
};
