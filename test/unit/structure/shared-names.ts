/** Names of types that several files export, each group with its reason. It may only shrink. */
export const SHARED_NAMES: readonly {
  readonly why: string;
  /** Name → files that export a type of this name. */
  readonly names: Readonly<Record<string, readonly string[]>>;
}[] = [
  {
    why: 'one role, filled by each product in its own words: none of them knows of the others',
    names: {
      Applying: ['src/parts/gitlab/setup/apply.ts', 'src/parts/mattermost/setup/apply.ts'],
      Attachment: ['src/notifier/mattermost/render.ts', 'src/notifier/rocketchat/render.ts'],
      NewUser: ['src/parts/mattermost/mattermost.ts', 'src/parts/rocketchat/rocketchat.ts'],
      PartDecision: ['src/parts/mattermost/setup/part-decision.ts', 'src/parts/rocketchat/setup/part-decision.ts'],
      Readiness: ['src/parts/gitlab/gitlab.ts', 'src/parts/rocketchat/rocketchat.ts'],
      RefusalReason: ['src/parts/mongodb/mongo.ts', 'src/parts/postgres/postgres.ts'],
      Seen: ['src/parts/mattermost/setup/seen.ts', 'src/parts/rocketchat/setup/seen.ts'],
      SeenUser: ['src/parts/mongodb/setup/seen.ts', 'src/parts/rocketchat/setup/seen.ts'],
      SetupChange: ['src/parts/mattermost/setup/change.ts', 'src/parts/rocketchat/setup/change.ts'],
      Step: [
        'src/parts/mattermost/setup/change.ts',
        'src/parts/mongodb/setup/step.ts',
        'src/parts/rocketchat/setup/change.ts',
      ],
      WantedUser: ['src/parts/mongodb/setup/membership.ts', 'src/parts/rocketchat/setup/wanted.ts'],
    },
  },
  {
    why: 'one meaning, written on both sides: the script of a webhook runs in a sandbox and may not import the contract',
    names: { RoomTokens: ['src/contracts/hook-token.ts', 'src/notifier/rocketchat/secret.ts'] },
  },
];
