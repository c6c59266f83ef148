/** The one name of the SDK that is used, as a module of its own: bundlers find it there also when it is loaded late. */
export { Bot } from '@rocket.chat/sdk';
