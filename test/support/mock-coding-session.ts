import { ask, say, type Reply, type Script } from './mock-reply.ts';
import type { MockRequest } from './mock-request.ts';

/** What a scripted session does: read a file, change one place in it, run a command, say it is done. */
export interface CodingTask {
  /** Absolute path. */
  readonly file: string;
  readonly oldText: string;
  readonly newText: string;
  readonly command: string;
  readonly closingText: string;
}

/**
 * A session that any coding agent plays along with: the step follows from the number of tool results in the request,
 * the tool from the names the agent declares. Requests without tools (titles, classifiers) get a fitting short answer.
 */
export function codingSession(task: CodingTask): Script {
  const steps: readonly Intent[] = ['read', 'edit', 'run'];
  return (request) => {
    const side = answerSideRequest(request);
    if (side !== undefined) return side;
    const intent = steps[request.toolResults];
    return (intent && askFor(intent, task, request.tools)) ?? say(task.closingText);
  };
}

/** An answer to a request that is no turn of the session itself; undefined for those that are. */
export function answerSideRequest(request: MockRequest): Reply | undefined {
  if (request.system.includes('security monitor')) return say('<block>no</block>');
  if (request.tools.length > 0) return undefined;
  const wantsJson = request.json?.['output_config'] !== undefined && /naming|title/i.test(request.system);
  return say(wantsJson ? '{"title":"Add mul to calc"}' : 'Add mul to calc');
}

type Intent = 'read' | 'edit' | 'run';

/** Tool name -> input, by intent, in the words of the agents that declare them (their own tool schemas). */
const TOOLS: Readonly<
  Record<Intent, Readonly<Record<string, (task: CodingTask) => Readonly<Record<string, unknown>>>>>
> = {
  read: {
    Read: ({ file }) => ({ file_path: file }),
    read_files: ({ file }) => ({ files: [{ path: file }] }),
    read: ({ file }) => ({ filePath: file, path: file }),
  },
  edit: {
    Edit: ({ file, oldText, newText }) => ({ file_path: file, old_string: oldText, new_string: newText }),
    editor: ({ file, oldText, newText }) => ({ path: file, old_text: oldText, new_text: newText }),
    edit: ({ file, oldText, newText }) => ({ filePath: file, oldString: oldText, newString: newText }),
  },
  run: {
    Bash: ({ command }) => ({ command, description: 'Run the tests' }),
    run_commands: ({ command }) => ({ commands: [command] }),
    bash: ({ command }) => ({ command, description: 'Run the tests' }),
    exec: ({ command }) => ({ command }),
  },
};

function askFor(intent: Intent, task: CodingTask, declared: readonly string[]): Reply | undefined {
  for (const [name, input] of Object.entries(TOOLS[intent])) {
    if (declared.includes(name)) return ask(name, input(task));
  }
  return undefined;
}
