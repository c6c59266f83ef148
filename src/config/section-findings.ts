/** What the rules of the parts' sections find. */
import type { Additions } from './additions.ts';
import type { Config } from './config.ts';
import type { Finding } from './finding.ts';
import type { Section } from './section.ts';

const ofSection = (
  { key, as, rules = [] }: Section,
  config: Config,
  wasRead: (pattern: string) => boolean,
): readonly Finding[] => {
  const value = config.sections[as?.key ?? key];
  if (value === undefined || value === null) return [];
  return rules
    .filter(({ reads = [] }) => [key, ...reads].every(wasRead))
    .flatMap((rule) => rule.check(value, config))
    .map((finding) => ({ ...finding, path: [key, ...finding.path] }));
};

/** @param wasRead whether what stands at places of this pattern was accepted */
export const sectionFindings = (
  { sections }: Additions,
  config: Config,
  wasRead: (pattern: string) => boolean,
): readonly Finding[] => sections.flatMap((section) => ofSection(section, config, wasRead));
