/** What the catalogue knows of an error code, as text and for programs. Pure. */
import { CATALOGUE, type ErrorCode, EXIT } from '../errors/catalogue.ts';

export const explanationJson = (code: ErrorCode): object => {
  const { meaning, cause, next, exit } = CATALOGUE[code];
  return { code, meaning, cause, next, exitStatus: EXIT[exit] };
};

/** In the form in which the error itself is printed. */
export const explanationText = (code: ErrorCode): string => {
  const { meaning, cause, next, exit } = CATALOGUE[code];
  return `${code}  ${meaning}
  why   usually ${cause}
  next  ${next}
  exit  ${EXIT[exit]}

A failure of yours says its own cause and, where one is known, a more exact next step.
`;
};

/** A line each. */
export const codesText = (codes: readonly ErrorCode[]): string => {
  const width = Math.max(...codes.map((code) => code.length)) + 2;
  return codes.map((code) => `${code.padEnd(width)}${CATALOGUE[code].meaning}\n`).join('');
};
