/**
 * A product: everything that is known of it stands in one folder, and this is what the rest of the house sees.
 * What a stack is made of is the fold over the list of parts; there is no other table by product.
 */
import type { ImageSpec } from '../config/additions.ts';
import type { Config } from '../config/config.ts';
import type { PortSpec } from '../config/port-spec.ts';
import type { Rule } from '../config/rules/rule.ts';
import type { SecretSpec } from '../config/secrets.ts';
import type { Section } from '../config/section.ts';
import type { AddressSpec, AdministratorSpec, HostSpec, Offers, StackNode } from '../stack/stack.ts';
import type { Recogniser } from './cause.ts';
import type { ChatKind } from './chat-kind.ts';
import type { Checks } from './check.ts';
import type { Job } from './job.ts';
import type { PlayedForge } from './played-forge.ts';
import type { ChoosePlayers } from './players.ts';
import type { Ports } from './ports.ts';
import type { ProbeKind } from './probe-kind.ts';
import type { ProbeKinds } from './probe-kinds.ts';
import type { Renderer } from './renderer.ts';
import type { SpokenChat } from './spoken-chat.ts';

/** Kind of job → who does it. */
export type JobTable = Readonly<Record<string, CreateJob>>;
// biome-ignore lint/suspicious/noExplicitAny: each kind knows the fields of its own specification, the table knows none.
export type CreateJob = (spec: any, ports: Ports) => Job;

export interface Part {
  /** Name of its folder: `front-door`. */
  readonly name: string;
  /** What may be written for it in chatops.yaml under a key of its own, or under several. Default: nothing. */
  readonly section?: Section | readonly Section[];
  /** What holds between places of several sections of chatops.yaml. Default: nothing. */
  readonly rules?: readonly Rule[];
  /**
   * Sections and rules that follow from what the parts of a house bring together, as `chat` does from the kinds of chat.
   * Pure. Default: none.
   */
  readonly together?: (parts: readonly Part[]) => Pick<Part, 'section' | 'rules'>;
  /** It is a chat that `chat.kind` may name. Default: it is none. */
  readonly chat?: ChatKind;
  /** How its chat is spoken to. Default: nobody talks there, so it offers no `chat`. */
  readonly spoken?: SpokenChat;
  /** It is a bot for the chat: what its account is called where chatops.yaml says nothing else. Default: it is none. */
  readonly bot?: { readonly username: string; readonly name: string };
  /** Name under `images:` in chatops.yaml → its image; what comes of it stands in `config.images`. Default: none. */
  readonly images?: Readonly<Record<string, ImageSpec>>;
  /** Name under `ports:` in chatops.yaml → a port of this machine; what comes of it stands in `config.ports`. Default: none. */
  readonly ports?: Readonly<Record<string, PortSpec>>;
  /** Names that may stand under `timeouts:`: roles of its services, kinds of its jobs. Default: none. */
  readonly timed?: readonly string[];
  /** Names that may stand under `limits:`: roles of its services. Default: none. */
  readonly limited?: readonly string[];
  /** Roles that it fills in the stack that a configuration asks for. Pure. Where two fill one, the later part does. Absent: none. */
  readonly offers?: (config: Config) => Offers;
  /** What it adds to that stack, with what all parts offer at hand. Pure. Absent: nothing. */
  readonly contribute?: (config: Config, offers: Offers) => Contribution;
  /** What it adds around what the parts before it have added: a front door, a proof of the whole. Pure. Absent: nothing. */
  readonly surround?: (config: Config, draft: Draft, probes: ProbeKinds) => Contribution;
  /** What is known of its failures, in the order in which it is asked. Default: nothing. */
  readonly causes?: readonly Recogniser[];
  /**
   * Kind of job → who does it; loaded only where jobs are decided on or done, and of a part that chatops.yaml names also
   * where that is read, for the names of its kinds. Default: none.
   */
  readonly jobs?: () => Promise<JobTable>;
  /** Kinds of questions of its own, in the order in which help shows them. Default: none. */
  readonly probes?: readonly ProbeKind[];
  /** What is proven of it in a live stack; loaded only there. Default: nothing but its readiness. */
  readonly checks?: () => Promise<Checks>;
  /** Who plays its services where there are no containers; loaded only there. Default: nobody. */
  readonly players?: () => Promise<ChoosePlayers>;
  /** Its deliveries, played; loaded only where one is. Default: it is no forge that can be played. */
  readonly playedForge?: () => Promise<PlayedForge>;
  /** Files of its own in the stack directory. Default: none. */
  readonly renderers?: readonly Renderer[];
  /** Hand-written texts that its renderers build upon, as paths from the project's root. Default: none. */
  readonly pieces?: readonly string[];
}

export interface Contribution {
  /** Default: none. */
  readonly nodes?: readonly StackNode[];
  /** Virtual hosts of the front door, in the order in which they are written everywhere. Default: none. */
  readonly hosts?: readonly HostSpec[];
  /** Existing servers that users open. Default: none. */
  readonly elsewhere?: readonly AddressSpec[];
  /** Who administers its servers. Default: nobody to name. */
  readonly administrators?: readonly AdministratorSpec[];
  /** Variables of `.env`, in the order in which they stand there. Default: none. */
  readonly secrets?: readonly SecretSpec[];
}

/** The stack as far as it has come. */
export interface Draft {
  readonly nodes: readonly StackNode[];
  readonly hosts: readonly HostSpec[];
  /** Hosts and what is elsewhere, in the order of the parts. */
  readonly addresses: readonly AddressSpec[];
  readonly administrators: readonly AdministratorSpec[];
  readonly secrets: readonly SecretSpec[];
  readonly offers: Offers;
}
