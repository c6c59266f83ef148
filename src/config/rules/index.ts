import type { Additions } from '../additions.ts';
import { imagesArePinned } from './images-are-pinned.ts';
import { namedFilesAreInside } from './named-files-are-inside.ts';
import { plainHttpStaysLocal } from './plain-http-stays-local.ts';
import { portsDiffer } from './ports-differ.ts';
import { portsOpenInBrowsers } from './ports-open-in-browsers.ts';
import { publicIsWithoutTls } from './public-is-without-tls.ts';
import { publicNamesItsProxies } from './public-names-its-proxies.ts';
import type { Rule } from './rule.ts';
import { tlsHasBothFiles } from './tls-has-both-files.ts';

/** What holds between places that belong to no part, one file each; the rules of the parts come with them. */
export const coreRules = ({ images, ports }: Pick<Additions, 'images' | 'ports'>): readonly Rule[] => [
  imagesArePinned(images),
  namedFilesAreInside,
  plainHttpStaysLocal,
  portsDiffer(ports),
  portsOpenInBrowsers,
  publicIsWithoutTls,
  publicNamesItsProxies,
  tlsHasBothFiles,
];
