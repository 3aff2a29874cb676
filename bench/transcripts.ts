// node bench/transcripts.ts [--megabytes 1024]: a relay reads that much of agents' own files, then
// looks again. How long, how much memory, and that later looks read only what is new.
import { appendFileSync, closeSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { patchSettings } from '../src/client/call-relay.ts';
import { findRelay } from '../src/client/find-relay.ts';
import type { Snapshot } from '../src/core/snapshot.ts';
import { CONTROL } from '../src/protocol/control.ts';
import { startRelayProcess } from '../test/support/relay-process.ts';

export interface TranscriptsMeasured {
  readonly megabytes: number;
  readonly files: number;
  readonly turns: number;
  /** From the moment it was allowed until all was read and in the ledger. */
  readonly firstReadMs: number;
  /** Longest answer of the control API meanwhile, and how many were asked for. */
  readonly slowestAnswerMs: number;
  readonly answers: number;
  /** Most that the relay's main thread worked while one of them was waited for: what is left without the machine's other work. */
  readonly mostBusyMs: number | undefined;
  /** Resident memory of the whole relay, at most; undefined where the system does not tell. */
  readonly peakMegabytes: number | undefined;
  /** After a few more turns were written: how long until they counted, and how many bytes were read for it. */
  readonly laterMs: number;
  readonly laterBytes: number;
  readonly laterTurns: number;
  /** Bytes a new relay reads of the same files. */
  readonly restartBytes: number;
}

/** Lines as a coding agent writes them: an answer with its figures stands among longer ones without any. */
function session(file: number, turns: number, at: number): string {
  const lines: string[] = [];
  const filler = 'const answer = await read(request); // and so on\\n'.repeat(40);
  for (let n = 0; n < turns; n++) {
    const timestamp = new Date(at + n * 20_000).toISOString();
    const base = { sessionId: `s${file}`, cwd: `/projects/p${file % 7}`, version: '2.1.330', timestamp };
    lines.push(JSON.stringify({ ...base, type: 'user', message: { role: 'user', content: filler } }));
    lines.push(
      JSON.stringify({
        ...base,
        type: 'assistant',
        requestId: `req_${file}_${n}`,
        message: {
          id: `msg_${file}_${n}`,
          role: 'assistant',
          model: 'claude-opus-5',
          content: [{ type: 'text', text: filler.slice(0, 600) }],
          usage: { input_tokens: 100 + (n % 50), cache_read_input_tokens: 20_000, output_tokens: 200 + (n % 90) },
        },
      }),
    );
  }
  return `${lines.join('\n')}\n`;
}

export async function measureTranscripts(megabytes: number): Promise<TranscriptsMeasured> {
  const scratch = mkdtempSync(join(tmpdir(), 'planward-turns-'));
  const projects = join(scratch, 'user', '.claude', 'projects');
  const home = join(scratch, 'planward');
  mkdirSync(home, { recursive: true });
  const env = { PATH: process.env['PATH'], NO_PROXY: '127.0.0.1,localhost', HOME: join(scratch, 'user') };
  let bytes = 0;
  let files = 0;
  let turns = 0;
  const now = Date.now();
  for (; bytes < megabytes * 1024 * 1024; files++) {
    const folder = join(projects, `-projects-p${files % 7}`);
    mkdirSync(folder, { recursive: true });
    const file = openSync(join(folder, `s${files}.jsonl`), 'w');
    // Some sessions are long.
    const count = files % 5 === 0 ? 2000 : 300;
    bytes += writeSync(file, session(files, count, now - (files + 1) * 3_600_000));
    closeSync(file);
    turns += count;
  }
  let peak = 0;
  let slowest = 0;
  let mostBusy = 0;
  let answers = 0;
  const relay = await startRelayProcess({ home, upstreams: {}, env });
  try {
    const found = await findRelay(home);
    if (!found.ok) throw new Error(found.message);
    const headers = { authorization: `Bearer ${found.endpoint.token}` };
    // Its start is not what is measured here.
    for (let i = 0; i < 10; i++) await relay.snapshot();
    await patchSettings(found.endpoint, { transcripts: 'usage' });
    const began = performance.now();
    const until = async (isDone: (status: Snapshot) => boolean): Promise<Snapshot> => {
      for (;;) {
        const before = mainThreadMs(relay.child.pid!);
        const asked = performance.now();
        const text = await (await fetch(relay.url + CONTROL.snapshot, { headers })).text();
        const tookMs = performance.now() - asked;
        const busyMs = mainThreadMs(relay.child.pid!) - before;
        answers += 1;
        slowest = Math.max(slowest, tookMs);
        mostBusy = Math.max(mostBusy, busyMs);
        const status = JSON.parse(text) as Snapshot;
        peak = Math.max(peak, residentMegabytes(relay.child.pid!));
        if (isDone(status)) return status;
        if (performance.now() - began > 1_200_000) throw new Error(JSON.stringify(status.turnFiles));
        await sleep(30);
      }
    };
    const first = await until(({ turnFiles }) => turnFiles?.state === 'idle' && turnFiles.turns >= turns);
    const firstReadMs = performance.now() - began;
    const wrote = performance.now();
    appendFileSync(join(projects, '-projects-p0', 's0.jsonl'), session(1_000_000, 5, now));
    const later = await until(({ turnFiles }) => turnFiles?.state === 'idle' && turnFiles.turns > turns);
    const laterMs = performance.now() - wrote;
    await relay.stop();
    const again = await startRelayProcess({ home, upstreams: {}, env });
    let restartBytes = -1;
    for (let tries = 0; tries < 100 && restartBytes < 0; tries++) {
      await sleep(100);
      const { turnFiles } = await again.snapshot();
      if (turnFiles?.state === 'idle') restartBytes = turnFiles.bytesRead;
    }
    await again.stop();
    return {
      megabytes: Math.round(bytes / 1024 / 1024),
      files,
      turns: first.turnFiles?.turns ?? 0,
      firstReadMs,
      slowestAnswerMs: slowest,
      answers,
      mostBusyMs: Number.isNaN(mostBusy) ? undefined : mostBusy,
      peakMegabytes: peak === 0 ? undefined : peak,
      laterMs,
      laterBytes: later.turnFiles?.bytesRead ?? 0,
      laterTurns: (later.turnFiles?.turns ?? 0) - turns,
      restartBytes,
    };
  } finally {
    await relay.stop();
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Linux only; 0 elsewhere. */
function residentMegabytes(pid: number): number {
  try {
    const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return Math.round(Number(line?.[1] ?? 0) / 1024);
  } catch {
    return 0;
  }
}

/** CPU time of a process's main thread so far, by the kernel's account. Linux only; NaN elsewhere. */
function mainThreadMs(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return NaN;
  }
}

if (import.meta.main) {
  const { values } = parseArgs({ options: { megabytes: { type: 'string', default: '64' } } });
  const measured = await measureTranscripts(Number(values.megabytes));
  console.log(JSON.stringify(measured, undefined, 2));
}
