/** Where the bot says whether it is usable; nobody else's default. */
export const BOT_PORT = 9098;
/** Variable that says which chat it speaks to, as `ChatOffer.speaks`. */
export const SPEAKS = 'CHATOPS_BOT_SPEAKS';
