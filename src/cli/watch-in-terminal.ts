import { findRelay } from '../client/find-relay.ts';
import { subscribe } from '../client/subscribe.ts';
import { shownText } from '../core/shown-text.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { drawMeter } from './draw-meter.ts';

const REDRAW_MS = 1000;
/** Into a pipe there is nothing to redraw: a block now and then. */
const PRINT_MS = 10_000;

/** Draws what the relay says until it ends or `signal` aborts. Rejects where no relay runs in `home`. */
export async function watchInTerminal(home: string, signal: AbortSignal): Promise<void> {
  const found = await findRelay(home);
  if (!found.ok) throw new Error(found.message);
  const screen = createScreen(process.stdout);
  let snapshot: Snapshot | undefined;
  const show = (): void => {
    if (snapshot !== undefined) screen.draw(drawMeter(snapshot, Date.now()));
  };
  const subscription = subscribe(found.endpoint, {
    onSnapshot(next) {
      const first = snapshot === undefined;
      snapshot = next;
      if (first) show();
    },
    onUnreadable: () => console.error('The relay sent a snapshot this version cannot read.'),
  });
  const timer = setInterval(show, process.stdout.isTTY ? REDRAW_MS : PRINT_MS);
  const leave = (): void => subscription.close();
  signal.addEventListener('abort', leave, { once: true });
  try {
    await subscription.ended;
    show();
  } finally {
    clearInterval(timer);
    signal.removeEventListener('abort', leave);
  }
}

/** Draws over its own last picture on a terminal; elsewhere each picture stands below the one before. */
function createScreen(out: NodeJS.WriteStream): { draw(lines: readonly string[]): void } {
  let height = 0;
  return {
    draw(lines) {
      const width = out.isTTY ? out.columns : 200;
      const fitting = lines.map((line) => shownText(line).slice(0, width - 1));
      const up = out.isTTY && height > 0 ? `\u001B[${height}A\u001B[0J` : '';
      out.write(`${up}${fitting.join('\n')}\n`);
      height = lines.length;
    },
  };
}
