/** A configuration becomes the one this member lives by. */

import type { ReplConfig } from './config.ts';
import { standDown } from './elections.ts';
import { ARBITER, type Node, PRIMARY, REMOVED, SECONDARY, STARTUP, STARTUP2, saveConfig, selfOf } from './node.ts';

/** A member that was not in the set enters it, or one that was leaves it. */
const placeSelf = (node: Node): void => {
  const self = selfOf(node);
  if (self === undefined) {
    if (node.state === PRIMARY) standDown(node);
    node.state = REMOVED;
    node.primaryId = undefined;
  } else if (self.arbiterOnly) node.state = ARBITER;
  else if (node.state === REMOVED || node.state === STARTUP) node.state = node.copying ? STARTUP2 : SECONDARY;
};

export const installConfig = (node: Node, config: ReplConfig): void => {
  node.config = config;
  saveConfig(node);
  placeSelf(node);
  node.changed();
};
