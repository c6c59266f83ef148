export interface NamedText {
  /** Undefined when it could not be read. */
  readonly text: string | undefined;
  /** The operating system's word for why it could not: `ENOENT`. */
  readonly why?: string;
}

/** Files of the stack directory, by path relative to it (`compose/jobs.json`), forward slashes. */
export interface Files {
  /** Undefined when the file is not there. @throws ChatopsError DIRECTORY_UNUSABLE */
  read(path: string): Promise<string | undefined>;
  /** Atomic: written beside and renamed. `mode` defaults to 0o644. @throws ChatopsError DIRECTORY_UNUSABLE */
  write(path: string, text: string, mode?: number): Promise<void>;
  remove(path: string): Promise<void>;
  /** A file that the user names, anywhere: relative to the stack directory, or absolute. Never rejects. */
  readNamed(path: string): Promise<NamedText>;
}
