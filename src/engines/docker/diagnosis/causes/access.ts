/** A server that answers and refuses: wrong passwords, dead tokens. */
import type { Recogniser, Symptoms } from '../symptoms.ts';

const isBlocked = ({ said }: Symptoms): boolean => /error-login-blocked|login[^.\n]*blocked/i.test(said);

export const loginBlocked: Recogniser = {
  name: 'login blocked',
  recognise: (symptoms) =>
    isBlocked(symptoms)
      ? {
          what: 'the account is locked after too many wrong passwords (10 within 5 minutes)',
          next: 'correct the password in .env, wait five minutes, run `chatops-up up` again',
        }
      : undefined,
};

const VARIABLE = /CHATOPS_[A-Z_]*PASSWORD\w*/;

export const wrongPassword: Recogniser = {
  name: 'wrong password',
  recognise: ({ code, said }) => {
    if (code !== 'LOGIN_REFUSED' && !/password differs from CHATOPS_/.test(said)) return undefined;
    const variable = VARIABLE.exec(said)?.[0] ?? 'the password in .env';
    return {
      what: `${variable} differs from the password that the account has: it counts when the account is first made, later the chat keeps its own`,
      next: `put the old value back into .env, or give the account the new one in the chat; then run \`chatops-up up\` again`,
    };
  },
};

export const deadToken: Recogniser = {
  name: 'dead token',
  recognise: ({ code, said }) =>
    code === 'TOKEN_INVALID'
      ? {
          what: `GitLab does not take the token of .env${/expired/i.test(said) ? ': it has expired' : ''}; a bundled GitLab learns it at its first start alone`,
          next: 'put the old value of CHATOPS_GITLAB_TOKEN back into .env, or a new token of an administrator with scope api (20 characters)',
        }
      : undefined,
};
