/** Where the bot says whether it is usable; nobody else's default. */
export const BOT_PORT = 9098;
