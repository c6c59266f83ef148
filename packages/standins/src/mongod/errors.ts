/** The codes a mongod answers with, by name: mongodb/mongo src/mongo/base/error_codes.yml. */
const CODES = {
  InternalError: 1,
  BadValue: 2,
  HostUnreachable: 6,
  HostNotFound: 7,
  FailedToParse: 9,
  UserNotFound: 11,
  Unauthorized: 13,
  TypeMismatch: 14,
  ProtocolError: 17,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  AlreadyInitialized: 23,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  RoleNotFound: 31,
  CursorNotFound: 43,
  NamespaceExists: 48,
  MaxTimeMSExpired: 50,
  DollarPrefixedFieldName: 52,
  NotSingleValueField: 54,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  WriteConcernTimeout: 64,
  ImmutableField: 66,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  NodeNotFound: 74,
  NoReplicationEnabled: 76,
  UnknownReplWriteConcern: 79,
  IndexOptionsConflict: 85,
  NetworkTimeout: 89,
  ShutdownInProgress: 91,
  InvalidReplicaSetConfig: 93,
  NotYetInitialized: 94,
  NotSecondary: 95,
  UnsatisfiableWriteConcern: 100,
  NewReplicaSetConfigurationIncompatible: 103,
  NodeNotElectable: 104,
  InconsistentReplicaSetNames: 108,
  ConfigurationInProgress: 109,
  CannotInitializeNodeWithData: 110,
  WriteConflict: 112,
  CommandNotSupported: 115,
  NotAReplicaSet: 123,
  ReadConcernMajorityNotAvailableYet: 134,
  PrimarySteppedDown: 189,
  TransactionTooOld: 225,
  NoSuchTransaction: 251,
  TransactionCommitted: 256,
  OperationNotSupportedInTransaction: 263,
  ExceededTimeLimit: 262,
  CurrentConfigNotCommittedYet: 308,
  UnsupportedOpQueryCommand: 352,
  Location40573: 40573,
  NotWritablePrimary: 10107,
  DuplicateKey: 11000,
  InterruptedAtShutdown: 11600,
  InterruptedDueToReplStateChange: 11602,
  NotPrimaryNoSecondaryOk: 13435,
  NotPrimaryOrSecondary: 13436,
  Location51003: 51003,
} as const;

export type CodeName = keyof typeof CODES;

/** An `ok: 0` answer. `extra` are further fields of it (`errorLabels`, `keyValue`). */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: number, codeName: string, errmsg: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(errmsg);
    this.name = 'CommandError';
    this.code = code;
    this.codeName = codeName;
    this.extra = extra;
  }
}

export const refusal = (
  codeName: CodeName,
  errmsg: string,
  extra: Readonly<Record<string, unknown>> = {},
): CommandError => new CommandError(CODES[codeName], codeName, errmsg, extra);

export const codeOf = (codeName: CodeName): number => CODES[codeName];
