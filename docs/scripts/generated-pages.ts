import { commandsPage } from './commands-page.ts';
import { compatibilityPage } from './compatibility-page.ts';
import { configurationPage } from './configuration-page.ts';
import { errorsPage } from './errors-page.ts';
import { networksPage } from './networks-page.ts';
import type { Page } from './page.ts';
import { probesPage } from './probes-page.ts';
import { secretsPage } from './secrets-page.ts';
import { securityPage } from './security-page.ts';

/** Every page of docs/ that is made from the sources. */
export const generatedPages = (): readonly Page[] => [
  commandsPage(),
  compatibilityPage(),
  configurationPage(),
  secretsPage(),
  networksPage(),
  securityPage(),
  errorsPage(),
  probesPage(),
];
