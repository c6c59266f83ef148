/** What bears the mark of a stack, and where: in the texts that are shown with each thing. Pure. */

/** The brackets keep a stack called `a` from owning the things of a stack called `ab`. */
const inBrackets = (mark: string): string => `[${mark}]`;

export const bearsMark = (text: string, mark: string): boolean => text.includes(inBrackets(mark));

/** Of accounts their position, which the server shows to everybody and keeps as it is (at most 128 characters). */
export const positionOf = (mark: string): string => `Account made by chatops-up ${inBrackets(mark)}`;

/** Of channels the end of their purpose (at most 250 characters). */
export const purposeOf = (purpose: string, mark: string): string => `${purpose} ${inBrackets(mark)}`.trim();

/** Of teams and incoming webhooks their description. */
export const descriptionOf = (mark: string): string => `Made by chatops-up ${inBrackets(mark)}`;
