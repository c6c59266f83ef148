/** What a configuration holds under names that parts bring along. */
import { ChatopsError } from '../errors/chatops-error.ts';
import type { Config } from './config.ts';

const required = <T>(values: Readonly<Record<string, T>>, name: string, key: string): T => {
  const found = values[name];
  if (found === undefined) throw new ChatopsError('INTERNAL', { what: `no part brings ${key}.${name}` });
  return found;
};

/** @throws ChatopsError INTERNAL: no part of the house brings such an image */
export const imageNamed = ({ images }: Pick<Config, 'images'>, name: string): string =>
  required<string>(images, name, 'images');

/** Port of this machine. @throws ChatopsError INTERNAL: no part of the house brings such a port */
export const portNamed = ({ ports }: Pick<Config, 'ports'>, name: string): number =>
  required<number>(ports, name, 'ports');
