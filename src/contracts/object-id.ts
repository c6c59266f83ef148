/** Of a project or a group in a forge: its number, or its full path. */
export type ObjectId = number | string;
