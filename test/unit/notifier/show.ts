/** A message as a reviewer reads it; the invisible joiner of the escapes shows as `·`. */
import { announce } from '../../../src/notifier/core/announce.ts';
import type { Settings } from '../../../src/notifier/core/settings.ts';
import { type Content, renderMessage } from '../../../src/notifier/rocketchat/render.ts';
import type { Delivery } from './deliveries.ts';

export const contentOf = ({ header, payload }: Omit<Delivery, 'name'>, settings: Settings): Content | undefined => {
  const message = announce({ header, payload }, settings);
  return message && renderMessage(message, 'builds');
};

const linesOf = ({ text, attachments = [] }: Content): readonly string[] => [
  text,
  ...attachments.flatMap(({ color, text: more, fields = [] }) => [
    `  (${color})`,
    ...(more === undefined ? [] : more.split('\n').map((line) => `  ${line}`)),
    ...fields.map(({ title, value }) => `  ${title}: ${value}`),
  ]),
];

export const show = (content: Content | undefined): string =>
  content === undefined ? '(says nothing)' : linesOf(content).join('\n').replaceAll('\u2060', '·');

/** By default, and with the states on the way, if that differs. */
const inOneLanguage = (delivery: Delivery, locale: 'en' | 'fr'): string => {
  const quiet = show(contentOf(delivery, { locale }));
  const all = show(contentOf(delivery, { locale, intermediate: true }));
  return quiet === all ? quiet : `${quiet}\nwith intermediate states: ${all}`;
};

export const page = (deliveries: readonly Delivery[], locale: 'en' | 'fr'): string =>
  deliveries
    .map((delivery) => `── ${delivery.name} · ${delivery.header}\n${inOneLanguage(delivery, locale)}\n`)
    .join('\n');
