import { login, readCredentials } from '../domain/login.ts';
import { viewMyself } from '../domain/users.ts';
import type { Route } from './route.ts';

export const authenticationRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: 'login',
    open: true,
    run: ({ chat, body, request, address }) => {
      const credentials = readCredentials(body);
      const code = credentials.code ?? request.headers['x-2fa-code'];
      const { user, token } = login(chat, { ...credentials, ...(code === undefined ? {} : { code }) }, address);
      const me = viewMyself(user, chat.settings.text('Site_Url'));
      const data = { userId: user._id, authToken: token, me };
      // `success: undefined` leaves the key out of the JSON: 7.0 had none.
      return { status: 'success', success: chat.traits.login.saysSuccess ? true : undefined, data };
    },
  },
  {
    method: 'POST',
    path: 'logout',
    run: ({ chat, session }) => {
      chat.state.tokens.remove(session.token.hash);
      return { status: 'success', data: { message: "You've been logged out!" } };
    },
  },
  {
    method: 'GET',
    path: 'me',
    run: ({ chat, user }) => viewMyself(user, chat.settings.text('Site_Url')),
  },
];
