/**
 * What differs between the versions the stand-in can play. Sources: the project's Rocket.Chat reference
 * (RocketChat/Rocket.Chat 8.6.1, 6.14-develop for 7.0, and the change log between them).
 */
export type RocketChatVersion = '7.0' | '8.0' | '8.6' | '9.0';

export interface VersionTraits {
  readonly version: RocketChatVersion;
  readonly full: string;
  /** Smallest `maxWireVersion` the server lives with: 13 is MongoDB 5.0, 21 is 7.0. */
  readonly minWireVersion: number;
  readonly login: { readonly saysSuccess: boolean };
  /** Announced for 9.0 (`applyBreakingChanges` in app/api/server/ApiClass.ts): a refusal is one word, without details. */
  readonly refusesInOneWord: boolean;
  /** `/livez` and `/readyz` came with 7.11. */
  readonly hasLivez: boolean;
  /** 8.x answers `/health` with JSON and never fails; before, the text `ok`. */
  readonly healthIsJson: boolean;
  readonly unknownHook: 'text-500' | 'json-404';
  readonly hooksAreLimited: boolean;
  /** 8.x hands the script absolute `url_raw` and `url.path`, 7.0 relative ones. */
  readonly hookUrlsAreAbsolute: boolean;
  /** In 8.0 and 8.1 a form's `payload` field was not unpacked (#38319). */
  readonly formPayloadIsUnpacked: boolean;
  readonly hasSeparateResponse: boolean;
  /** A literal backslash-n in a text becomes a line feed since 8.3.0 (#38983). */
  readonly unescapesLineFeeds: boolean;
  readonly posterNeedsImpersonate: boolean;
  readonly posterIsMadeBot: boolean;
  readonly createToken: 'flag' | 'secret' | 'secret-and-permission';
  readonly hasSkipTranspile: boolean;
  readonly querySchemaErrorType: 'invalid-params' | 'error-invalid-params';
  /** Some 8.x before 8.6.0 never found the REST token, so neither grace nor memory counted (#41065). */
  readonly remembersSecondFactor: boolean;
  /** Since 8.6 the grace of a fresh account ends once it has a second factor of its own. */
  readonly graceEndsWithOwnFactor: boolean;
  readonly filtersIntegrations: boolean;
  readonly hasBulkSettings: boolean;
  readonly acceptsRoleName: boolean;
  readonly findsUsersByEmail: boolean;
  readonly hasRoomsJoin: boolean;
  /** `Accounts_Password_Policy_Enabled`: on by default since 8.1.0. */
  readonly passwordPolicyByDefault: boolean;
}

const NEWEST: VersionTraits = {
  version: '8.6',
  full: '8.6.1',
  minWireVersion: 21,
  login: { saysSuccess: true },
  refusesInOneWord: false,
  hasLivez: true,
  healthIsJson: true,
  unknownHook: 'text-500',
  hooksAreLimited: false,
  hookUrlsAreAbsolute: true,
  formPayloadIsUnpacked: true,
  hasSeparateResponse: true,
  unescapesLineFeeds: true,
  posterNeedsImpersonate: true,
  posterIsMadeBot: false,
  createToken: 'secret-and-permission',
  hasSkipTranspile: true,
  querySchemaErrorType: 'error-invalid-params',
  remembersSecondFactor: true,
  graceEndsWithOwnFactor: true,
  filtersIntegrations: true,
  hasBulkSettings: true,
  acceptsRoleName: false,
  findsUsersByEmail: true,
  hasRoomsJoin: true,
  passwordPolicyByDefault: true,
};

const TRAITS: Readonly<Record<RocketChatVersion, VersionTraits>> = {
  // Not released when this was written: 8.6 with what it announces.
  '9.0': { ...NEWEST, version: '9.0', full: '9.0.0', minWireVersion: 25, refusesInOneWord: true },
  '8.6': NEWEST,
  '8.0': {
    ...NEWEST,
    version: '8.0',
    full: '8.0.1',
    formPayloadIsUnpacked: false,
    unescapesLineFeeds: false,
    posterNeedsImpersonate: false,
    createToken: 'secret',
    hasSkipTranspile: false,
    remembersSecondFactor: false,
    graceEndsWithOwnFactor: false,
    filtersIntegrations: false,
    hasBulkSettings: false,
    findsUsersByEmail: false,
    hasRoomsJoin: false,
    passwordPolicyByDefault: false,
  },
  '7.0': {
    ...NEWEST,
    version: '7.0',
    full: '7.0.0',
    minWireVersion: 13,
    login: { saysSuccess: false },
    hasLivez: false,
    healthIsJson: false,
    unknownHook: 'json-404',
    hooksAreLimited: true,
    hookUrlsAreAbsolute: false,
    hasSeparateResponse: false,
    unescapesLineFeeds: false,
    posterNeedsImpersonate: false,
    posterIsMadeBot: true,
    createToken: 'flag',
    hasSkipTranspile: false,
    querySchemaErrorType: 'invalid-params',
    graceEndsWithOwnFactor: false,
    filtersIntegrations: false,
    hasBulkSettings: false,
    acceptsRoleName: true,
    findsUsersByEmail: false,
    hasRoomsJoin: false,
    passwordPolicyByDefault: false,
  },
};

export const traitsOf = (version: RocketChatVersion): VersionTraits => TRAITS[version];

/** The version an environment asks the stand-in to play (`ROCKETCHAT_STANDIN_VERSION`); default 8.6. */
export const versionFromEnv = (env: Readonly<Record<string, string>>): RocketChatVersion => {
  const wanted = env.ROCKETCHAT_STANDIN_VERSION ?? '8.6';
  return wanted === '7.0' || wanted === '8.0' || wanted === '9.0' ? wanted : '8.6';
};
