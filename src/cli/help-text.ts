import type { OptionKind } from '../programs/descriptors/option-kind.ts';

/** What help says of an option: `how long the message may take (default: 10s)`. */
export const optionHelp = ({ about, choices, fallback, env, required }: OptionKind<unknown>): string => {
  const facts = [
    ...(choices === undefined ? [] : [`one of ${choices.join(', ')}`]),
    ...(required ? ['required'] : []),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
    ...(env === undefined ? [] : [`env: ${env}`]),
  ];
  return facts.length === 0 ? about : `${about} (${facts.join('; ')})`;
};
