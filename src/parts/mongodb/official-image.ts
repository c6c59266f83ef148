/** Images by MongoDB's makers and Docker's own; somebody else's may be built otherwise. */
const OFFICIAL =
  /^(?:docker\.io\/)?(?:(?:library\/)?mongo|mongodb\/mongodb-(?:community|enterprise)-server)(?::v?(\d+(?:\.\d+)*)|:latest|@|$)/;

export interface OfficialImage {
  /** As far as the tag says: `8`, `8.0`, `8.0.28`. Absent: the newest, as far as one can know. */
  readonly version?: string;
}

/** Undefined for an image that is not official. */
export const officialImage = (image: string): OfficialImage | undefined => {
  const found = OFFICIAL.exec(image);
  if (found === null) return undefined;
  const [, version] = found;
  return version === undefined ? {} : { version };
};
