import type { Config } from '../../config/config.ts';
import { sectionOf } from '../../config/section.ts';
import { FORGE } from '../../contracts/sections/forge.ts';
import { doorEndpoint } from '../../stack/public-urls.ts';
import type { ForgeOffer, Offers } from '../../stack/stack.ts';
import { bundlesForge, usesForge } from '../../stack/variation.ts';
import { GITLAB_READ_TOKEN, GITLAB_TOKEN } from './secret-names.ts';
import { hookSpec, SETUP } from './setup-node.ts';
import { GIT_LABEL, gitlabTarget, gitOwnWay, gitUrl } from './target.ts';

const forge = (config: Config): ForgeOffer => ({
  ref: { title: 'GitLab', target: gitlabTarget(config), token: GITLAB_TOKEN },
  readToken: bundlesForge(config) ? GITLAB_READ_TOKEN : GITLAB_TOKEN,
  publicUrl: gitUrl(config),
  ownWay: gitOwnWay(config),
  ...(bundlesForge(config) ? { door: doorEndpoint(config, GIT_LABEL) } : {}),
  external: !bundlesForge(config),
  hooksBy: SETUP,
  announces: sectionOf(config, FORGE).announce.map((announced, index) => {
    const { branches, loud } = announced;
    const filter = { ...(branches && { branches }), ...(loud && { loud }) };
    return { ...hookSpec(announced, index), ...(Object.keys(filter).length > 0 && { filter }) };
  }),
});

export const gitlabOffers = (config: Config): Offers => (usesForge(config) ? { forge: forge(config) } : {});
