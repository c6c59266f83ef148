/** Variable of the secret that a forge sends along with its events: the forge, and whatever takes them, share it. */
export const HOOK_SECRET = 'CHATOPS_HOOK_SECRET';
