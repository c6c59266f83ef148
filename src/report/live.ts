/** The live display of a terminal: a line per node of the graph, all of them moving at once. The only user of listr2. */
import { Listr, type ListrTask, type ListrTaskWrapper } from 'listr2';
import type { Event } from '../contracts/event-sink.ts';
import { duration, eventLine, progressText } from './event-line.ts';
import type { Reporter } from './reporter.ts';

interface Line {
  readonly finished: Promise<void>;
  readonly succeed: () => void;
  readonly fail: (error: Error) => void;
  readonly isSettled: () => boolean;
  task?: ListrTaskWrapper<unknown, never, never>;
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
  return { finished, succeed, fail, isSettled: () => settled };
};

const skip = (line: Line): void => {
  line.task?.skip(`${line.task.title}  not reached`);
  line.succeed();
};

const show = (line: Line, event: Event & { readonly node: string }): void => {
  const { task } = line;
  if (event.type === 'node-waiting' && task && event.for.length > 0) task.output = `waits for ${event.for.join(', ')}`;
  if (event.type === 'gate-answer' && task) task.output = event.reason;
  if (event.type === 'job-waiting' && task) task.output = `waits: ${event.for}`;
  if ((event.type === 'change' || event.type === 'warning') && task) task.output = eventLine(event) ?? '';
  if (event.type === 'node-ready') {
    if (task) task.title = `${event.node}  ready, ${duration(event.tookMs)}`;
    line.succeed();
  }
  if (event.type === 'node-done') {
    if (task)
      task.title = `${event.node}  ${event.changes === 0 ? 'nothing to change' : `${event.changes} change${event.changes === 1 ? '' : 's'}`}, ${duration(event.tookMs)}`;
    line.succeed();
  }
  if (event.type === 'node-skipped') {
    task?.skip(`${event.node}  not reached, because ${event.because} failed`);
    line.succeed();
  }
  if (event.type === 'node-failed') line.fail(new Error(`${event.node}  ${event.error.message.split('\n')[0] ?? ''}`));
};

export const createLiveReporter = (): Reporter => {
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
            line.task = task as unknown as NonNullable<Line['task']>;
            return line.finished;
          },
        };
      });
      const list = new Listr(tasks, {
        concurrent: true,
        exitOnError: false,
        rendererOptions: { collapseErrors: false },
      });
      running = list.run().catch(() => undefined);
    },
    emit: (event) => {
      if (event.type === 'image') {
        for (const node of event.nodes) {
          const task = lines.get(node)?.task;
          if (task) task.output = `image ${event.image}: ${progressText(event.progress)}`;
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
