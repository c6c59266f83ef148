/**
 * Whether a client is still there, by Meteor's rules (meteor:packages/ddp-common/heartbeat.js): one that has said nothing
 * between two looks is pinged, and one that says nothing after that either, until the next would come, is dropped.
 */

/** Between two looks, real ms: clients live in real time (meteor:packages/ddp-server, `heartbeatInterval`, `heartbeatTimeout`). */
export const HEARTBEAT_MS = 15_000;

export interface Heartbeat {
  /** The client said something, whatever it was. */
  heard(): void;
  stop(): void;
}

export interface HeartbeatOptions {
  readonly everyMs: number;
  readonly ping: () => void;
  readonly drop: () => void;
  /** Returns a cancel function. */
  readonly after: (ms: number, task: () => void) => () => void;
}

export const startHeartbeat = ({ everyMs, ping, drop, after }: HeartbeatOptions): Heartbeat => {
  let wasHeard = true;
  let cancelDrop: (() => void) | undefined;
  let cancelLook: () => void;
  const look = (): void => {
    if (!wasHeard && cancelDrop === undefined) {
      ping();
      cancelDrop = after(everyMs, drop);
    }
    wasHeard = false;
    cancelLook = after(everyMs, look);
  };
  cancelLook = after(everyMs, look);
  const spare = (): void => {
    cancelDrop?.();
    cancelDrop = undefined;
  };
  return {
    heard: () => {
      wasHeard = true;
      spare();
    },
    stop: () => {
      cancelLook();
      spare();
    },
  };
};
