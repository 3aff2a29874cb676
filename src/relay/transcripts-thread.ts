import { readlinkSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { basename } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { transcriptSources } from '../agents/transcripts/list.ts';
import { openMarks } from '../transcripts/marks.ts';
import { createTranscriptReader, type TranscriptBatch } from '../transcripts/reader.ts';
import { withPrompts } from '../transcripts/with-prompts.ts';
import type { TranscriptsNews, TranscriptsOrder, TranscriptsThreadData } from './transcripts-messages.ts';

const SAVE_MS = 2000;
const LATER_MS = 5000;
/** How much longer it waits while nothing changes. */
const QUIET_FACTOR = 4;

/** How far behind others this thread stands, where the system has such an order for threads (nice). */
const PRIORITY = 5;

/** Reads agents' own files, one batch at a time: the next one only once the last one is safe. */
export function runTranscriptsThread(data: TranscriptsThreadData, port: MessagePort): void {
  standBehind();
  const marks = openMarks(data.marks);
  const since = data.promptsSince;
  const sources =
    since === undefined
      ? transcriptSources
      : transcriptSources.map(([agentId, source]) => [agentId, withPrompts(source, since)] as const);
  const reader = createTranscriptReader({ sources, places: data.places, marks });
  let progress = { files: 0, bytes: 0, bytesRead: 0 };
  let out: TranscriptBatch | undefined;
  let savedAt = 0;
  let quiet = 0;
  let timer: NodeJS.Timeout | undefined;
  const tell = (news: TranscriptsNews): void => port.postMessage(news);

  function look(): void {
    progress = { ...reader.scan(), bytesRead: 0 };
    next();
  }

  function next(): void {
    for (;;) {
      out = reader.next();
      if (out === undefined) return rest();
      progress = { ...progress, bytesRead: progress.bytesRead + out.bytes };
      if (out.found.length > 0) {
        quiet = 0;
        return tell({ kind: 'batch', agentId: out.agentId, found: out.found, ...progress });
      }
      out.done();
    }
  }

  function rest(): void {
    marks.save();
    savedAt = Date.now();
    tell({ kind: 'idle', ...progress });
    quiet += 1;
    timer = setTimeout(look, quiet > 10 ? data.everyMs * QUIET_FACTOR : data.everyMs);
  }

  port.on('message', (order: TranscriptsOrder) => {
    switch (order.kind) {
      case 'kept':
        out?.done();
        if (Date.now() - savedAt > SAVE_MS) {
          savedAt = Date.now();
          marks.save();
        }
        // Lets a `close` in between two batches be heard.
        timer = setTimeout(next, 0);
        return;
      case 'later':
        timer = setTimeout(look, LATER_MS);
        return;
      case 'close':
        clearTimeout(timer);
        marks.save();
        port.close();
        return;
      default:
        order satisfies never;
    }
  });
  look();
}

/** Reading is never urgent: what agents wait for goes first. Linux only; elsewhere nothing happens. */
function standBehind(): void {
  try {
    // `<pid>/task/<tid>` of this thread.
    const thread = Number(basename(readlinkSync('/proc/thread-self')));
    setPriority(thread, Math.max(PRIORITY, getPriority(thread)));
  } catch {
    // It reads as fast as anybody.
  }
}
