/** The live display of a terminal: a line per node of the graph, all of them moving at once. With live-line.ts the only user of listr2. */
import { Listr, ListrDefaultRendererLogLevels, ListrLogger, type ListrTask, ProcessOutput, Spinner } from 'listr2';
import type { Clock } from '../contracts/clock.ts';
import type { Event } from '../contracts/event-sink.ts';
import type { Clean } from '../values/words/clean.ts';
import { duration, eventLine, progressText } from './event-line.ts';
import { createLine, type LiveLine, type Task } from './live-line.ts';
import type { Reporter } from './reporter.ts';

const changesText = (count: number): string =>
  count === 0 ? 'nothing to change' : `${count} change${count === 1 ? '' : 's'}`;

const show = (line: LiveLine, event: Event & { readonly node: string }): void => {
  if (event.type === 'node-waiting') line.waitFor(event.for);
  if (event.type === 'node-started') line.work();
  if (event.type === 'gate-answer') line.say(event.reason);
  if (event.type === 'job-waiting') line.say(`waits: ${event.for}`);
  if (event.type === 'change' || event.type === 'warning') line.say(eventLine(event) ?? '');
  if (event.type === 'node-ready') line.succeed(`ready, ${duration(event.tookMs)}`);
  if (event.type === 'node-done') line.succeed(`${changesText(event.changes)}, ${duration(event.tookMs)}`);
  if (event.type === 'node-stopped' || (event.type === 'node-skipped' && event.because === undefined)) line.cutShort();
  else if (event.type === 'node-skipped') line.leave(`not reached, because ${event.because} failed`);
  if (event.type === 'node-failed') line.fail(event.error.message.split('\n')[0] ?? '');
};

/** Turns with the display: what it shows of time is drawn anew with it. */
class TickingSpinner extends Spinner {
  readonly #tick: () => void;

  constructor(tick: () => void) {
    super();
    this.#tick = tick;
  }

  override spin(): void {
    super.spin();
    this.#tick();
  }
}

/** What came of nothing is neither done nor failed. */
const ICONS = {
  [ListrDefaultRendererLogLevels.WAITING]: '·',
  [ListrDefaultRendererLogLevels.SKIPPED_WITH_COLLAPSE]: '-',
};

const draw = (lines: ReadonlyMap<string, LiveLine>, terminal: NodeJS.WriteStream): Promise<unknown> => {
  const tasks = [...lines].map(
    ([name, line]): ListrTask => ({
      title: name,
      task: (_context, task) => {
        line.begin(task as unknown as Task);
        return line.finished;
      },
    }),
  );
  const drawing = {
    collapseErrors: false,
    logger: new ListrLogger({ useIcons: false, processOutput: new ProcessOutput(terminal) }),
    spinner: new TickingSpinner(() => {
      for (const line of lines.values()) line.tick();
    }),
    icon: ICONS,
  };
  const list = new Listr(tasks, {
    concurrent: true,
    exitOnError: false,
    // An interruption is ours to handle: listr2's own handler ends the process with 127.
    registerSignalListeners: false,
    renderer: 'default',
    rendererOptions: drawing,
    // listr2 asks process.stdout whether it is a terminal; the caller who asked for this display has done so already.
    fallbackRenderer: 'default',
    fallbackRendererOptions: drawing,
  });
  return list.run().catch(() => undefined);
};

/**
 * Drawn from the first word of a node on: a run that ends before shows no node at all.
 * @param terminal what it draws on, whatever it says of itself: it gets no text of an event that was not cleaned
 */
export const createLiveReporter = (
  terminal: NodeJS.WriteStream,
  clean: Clean,
  { now }: Pick<Clock, 'now'>,
): Reporter => {
  const lines = new Map<string, LiveLine>();
  let running: Promise<unknown> | undefined;
  let ended = false;
  const at = (name: string): LiveLine | undefined => {
    const line = lines.get(name);
    if (line) running ??= draw(lines, terminal);
    return line?.isSettled() ? undefined : line;
  };
  return {
    begin: (nodes) => {
      for (const node of nodes) lines.set(node.name, createLine(node, now));
    },
    emit: (emitted) => {
      if (ended) return;
      const event = clean.value(emitted);
      if (event.type === 'image')
        for (const node of event.nodes) at(node)?.say(`image ${event.image}: ${progressText(event.progress)}`);
      if (!('node' in event)) return;
      const line = at(event.node);
      if (line) show(line, event);
      // Of the machine or the configuration: what a user may want to stop the run for, while nothing has begun.
      if (event.type === 'warning' && !lines.has(event.node) && running === undefined)
        terminal.write(`${eventLine(event) ?? ''}\n`);
      if (event.type !== 'node-ready' && event.type !== 'node-done') return;
      for (const other of lines.values()) other.isThere(event.node);
    },
    end: async () => {
      ended = true;
      if (!running) return;
      // Whatever the run never came to is not shown as if it had been.
      for (const line of lines.values()) if (!line.isSettled()) line.cutShort();
      await running;
    },
  };
};
