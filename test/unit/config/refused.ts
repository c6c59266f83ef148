import { ConfigError } from '../../../src/config/problem.ts';
import { loadOwn } from '../../helpers/own-config.ts';

/** The error a text is refused with; fails the test when it is accepted or something else is thrown. */
export const refused = (text: string): ConfigError => {
  try {
    loadOwn(text);
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown;
    throw thrown;
  }
  throw new Error(`accepted: ${text}`);
};

/** Each problem as `path: message`. */
export const problemsOf = (text: string): readonly string[] =>
  refused(text).problems.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`));

/** Each problem as `path -> fix`. */
export const fixesOf = (text: string): readonly string[] =>
  refused(text).problems.map(({ path, fix }) => `${path} -> ${fix ?? 'no fix'}`);

/** Each warning as `path: message`. */
export const warningsOf = (text: string): readonly string[] =>
  loadOwn(text).warnings.map(({ path, message }) => `${path}: ${message}`);
