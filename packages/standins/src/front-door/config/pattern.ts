import { cannotObey } from './refusal.ts';

/** PCRE and JavaScript agree on what stands in such files; what JavaScript cannot read is refused. */
export const patternOf = (text: string, flags: string, line: number): RegExp => {
  try {
    return new RegExp(text, flags);
  } catch {
    throw cannotObey(`the regular expression ${text} is not one of JavaScript's too`, line);
  }
};
