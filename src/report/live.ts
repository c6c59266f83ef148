/** The live display of a terminal: a line per node of the graph, all of them moving at once. The only user of listr2. */
import { Listr, ListrLogger, type ListrTask, type ListrTaskWrapper, ProcessOutput } from 'listr2';
import type { Event } from '../contracts/event-sink.ts';
import type { Clean } from '../values/words/clean.ts';
import { duration, eventLine, progressText } from './event-line.ts';
import type { Reporter } from './reporter.ts';

type Task = ListrTaskWrapper<unknown, never, never>;

interface Line {
  readonly finished: Promise<void>;
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
  readonly isSettled: () => boolean;
  /** At once, or as soon as the display has come to this line: what a quick node says first must not be lost. */
  readonly change: (to: (task: Task) => void) => void;
  /** The display has come to this line. */
  readonly begin: (task: Task) => void;
}

const createLine = (): Line => {
  let succeed: () => void = () => undefined;
  let fail: (error: Error) => void = () => undefined;
  let settled = false;
  const finished = new Promise<void>((resolve, reject) => {
    succeed = () => {
      settled = true;
      resolve();
    };
    fail = (error) => {
      settled = true;
      reject(error);
    };
  });
  // A node that fails before its line is drawn is waited for by nobody yet.
  finished.catch(() => undefined);
  const early: ((task: Task) => void)[] = [];
  let shown: Task | undefined;
  return {
    finished,
    succeed,
    fail,
    isSettled: () => settled,
    change: (to) => void (shown === undefined ? early.push(to) : to(shown)),
    begin: (task) => {
      shown = task;
      for (const change of early.splice(0)) change(task);
    },
  };
};

const succeed = (line: Line, title: string): void => {
  line.change((task) => {
    task.title = title;
  });
  line.succeed();
};

const setOutput = (line: Line, text: string): void =>
  line.change((task) => {
    task.output = text;
  });

const skip = (line: Line, because = ''): void => {
  line.change((task) => task.skip(`${task.title}  not reached${because}`));
  line.succeed();
};

const changesText = (count: number): string =>
  count === 0 ? 'nothing to change' : `${count} change${count === 1 ? '' : 's'}`;

const show = (line: Line, event: Event & { readonly node: string }): void => {
  if (event.type === 'node-waiting' && event.for.length > 0) setOutput(line, `waits for ${event.for.join(', ')}`);
  if (event.type === 'gate-answer') setOutput(line, event.reason);
  if (event.type === 'job-waiting') setOutput(line, `waits: ${event.for}`);
  if (event.type === 'change' || event.type === 'warning') setOutput(line, eventLine(event) ?? '');
  if (event.type === 'node-ready') succeed(line, `${event.node}  ready, ${duration(event.tookMs)}`);
  if (event.type === 'node-done')
    succeed(line, `${event.node}  ${changesText(event.changes)}, ${duration(event.tookMs)}`);
  if (event.type === 'node-skipped') skip(line, `, because ${event.because} failed`);
  if (event.type === 'node-failed') line.fail(new Error(`${event.node}  ${event.error.message.split('\n')[0] ?? ''}`));
};

/** @param terminal what it draws on, whatever it says of itself: it gets no text of an event that was not cleaned */
export const createLiveReporter = (terminal: NodeJS.WriteStream, clean: Clean): Reporter => {
  const lines = new Map<string, Line>();
  let running: Promise<unknown> = Promise.resolve();
  return {
    begin: (nodes) => {
      const tasks = nodes.map(({ name }): ListrTask => {
        const line = createLine();
        lines.set(name, line);
        return {
          title: name,
          task: (_context, task) => {
            line.begin(task as unknown as Task);
            return line.finished;
          },
        };
      });
      const logger = new ListrLogger({ useIcons: false, processOutput: new ProcessOutput(terminal) });
      const drawing = { collapseErrors: false, logger };
      const list = new Listr(tasks, {
        concurrent: true,
        exitOnError: false,
        renderer: 'default',
        rendererOptions: drawing,
        // listr2 asks process.stdout whether it is a terminal; the caller who asked for this display has done so already.
        fallbackRenderer: 'default',
        fallbackRendererOptions: drawing,
      });
      running = list.run().catch(() => undefined);
    },
    emit: (emitted) => {
      const event = clean.value(emitted);
      if (event.type === 'image') {
        for (const node of event.nodes) {
          const line = lines.get(node);
          if (line) setOutput(line, `image ${event.image}: ${progressText(event.progress)}`);
        }
      }
      if (!('node' in event)) return;
      const line = lines.get(event.node);
      if (line) show(line, event);
    },
    end: async () => {
      // Whatever the run never came to is not shown as if it had been.
      for (const line of lines.values()) if (!line.isSettled()) skip(line);
      await running;
    },
  };
};
