/** Which of the hook addresses a path is (RocketChat/Rocket.Chat:apps/meteor/app/integrations/server/api/api.ts). */
export interface HookAddress {
  readonly kind: 'deliver' | 'info';
  readonly integrationId: string;
  readonly token: string;
}

const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/**
 * `/hooks/:id/:token` and `/hooks/:id/:anything/:token` deliver; only the four-part `/hooks/info/:id/:anything/:token`
 * asks. The shorter `/hooks/info/:id/:token` is caught by the three-part route, for an integration called `info`.
 */
export const readHookAddress = (path: string): HookAddress | undefined => {
  const parts = path.replace(/\/$/, '').split('/').slice(1).map(decode);
  if (parts[0] !== 'hooks') return undefined;
  const [, first = '', second = '', third = '', fourth = ''] = parts;
  if (parts.length === 3) return { kind: 'deliver', integrationId: first, token: second };
  if (parts.length === 4) return { kind: 'deliver', integrationId: first, token: third };
  if (parts.length === 5 && first === 'info') return { kind: 'info', integrationId: second, token: fourth };
  return undefined;
};
