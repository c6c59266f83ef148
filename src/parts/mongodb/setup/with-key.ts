/**
 * Who has the key of the set logs in as `__system`, whose rights have no limit: in every state of a member, before the
 * set is made and while it has no user (mongodb/mongo jstests/libs/authutil). So the key is the administrator of the
 * set, there is no other one, and the localhost exception is never used.
 */
import type { Secret } from '../../../values/secret.ts';
import { isRefusal, type MongoLogin, type MongoPort } from '../mongo.ts';

const loginOf = (key: Secret): MongoLogin => ({ username: '__system', password: key, source: 'local' });

/**
 * The same port, its visits by the key where no other login is asked for. A member that was started without a key file
 * knows nothing of the key and lets everybody in: it is asked without, until it is started again.
 */
export const withKey = (mongo: MongoPort, key: Secret | undefined): MongoPort => ({
  visit: async (at, use, options) => {
    if (key === undefined || options?.login !== undefined) return mongo.visit(at, use, options);
    try {
      return await mongo.visit(at, use, { ...options, login: loginOf(key) });
    } catch (refused) {
      if (!isRefusal(refused, 'login-refused')) throw refused;
      try {
        return await mongo.visit(at, use, options);
      } catch (thrown) {
        // It wants a login after all: what it said of the key counts.
        throw isRefusal(thrown, 'unauthorized') ? refused : thrown;
      }
    }
  },
});
