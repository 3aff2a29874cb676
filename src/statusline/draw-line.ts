import { shownText } from '../core/shown-text.ts';
import type { Language } from '../core/text.ts';
import type { StatusLineInput } from '../core/status-line.ts';
import type { StatuslineSays } from '../protocol/statusline-call.ts';

export interface LineOptions {
  readonly now: number;
  readonly colour: boolean;
  /** Columns there are. */
  readonly width: number;
  readonly language: Language;
  /** Also says model and context: where no other command of the user's does. */
  readonly whole: boolean;
}

interface Window {
  readonly id: string;
  readonly windowMs: number | undefined;
  readonly usedFraction: number | undefined;
  readonly resetsAt: number | undefined;
  readonly pace?: number | undefined;
  readonly exhaustsAt?: number | undefined;
}

const WORDS = {
  en: {
    resets: '↻',
    empty: 'runs out',
    flags: (n: number) => `${n} flag${n === 1 ? '' : 's'}`,
    context: 'ctx',
    week: 'week',
  },
  zh: { resets: '↻', empty: '将用尽', flags: (n: number) => `${n} 条标记`, context: '上下文', week: '周' },
} as const;

const HOUR_MS = 3_600_000;
const RESET = '\u001B[0m';
const COLOURS = { good: '32', watch: '33', low: '31', quiet: '2', plain: '' } as const;

/**
 * One line: model and context, the plan's windows with pace and reset, flags, the last error. What does not fit goes, from the
 * right: the windows stay longest. Pure.
 */
export function drawLine(
  input: StatusLineInput | undefined,
  says: StatuslineSays | undefined,
  options: LineOptions,
): string {
  const words = WORDS[options.language];
  const paint = (text: string, colour: keyof typeof COLOURS): Piece => ({
    text: shownText(text).replace(/\s+/g, ' '),
    colour,
  });
  const windows = windowsOf(input, says).map((window) => drawWindow(window, options, paint));
  const flags = says?.flags ?? 0;
  const parts: (readonly Piece[])[] = [
    ...windows,
    ...(says?.incident === undefined
      ? []
      : [[paint(`✗ ${says.incident.code ?? ''} ${says.incident.title[options.language]}`.replace('  ', ' '), 'low')]]),
    ...(flags === 0 ? [] : [[paint(`⚑ ${words.flags(flags)}`, 'watch')]]),
    ...(says === undefined || says.mode === 'observe' ? [] : [[paint(says.mode, 'quiet')]]),
  ];
  if (options.whole) {
    const context = input?.contextFraction;
    if (context !== undefined) {
      const level = context >= 0.9 ? 'low' : context >= 0.7 ? 'watch' : 'quiet';
      parts.push([paint(`${words.context} ${percent(context)}`, level)]);
    }
    if (input?.modelName !== undefined) parts.push([paint(input.modelName, 'quiet')]);
  }
  while (parts.length > 1 && lengthOf(parts) > options.width) parts.pop();
  return parts
    .map((pieces) => pieces.map((piece) => painted(piece, options.colour)).join(' '))
    .join(options.colour ? painted(paint(' · ', 'quiet'), true) : ' · ');
}

interface Piece {
  readonly text: string;
  readonly colour: keyof typeof COLOURS;
}

function drawWindow(
  window: Window,
  { now, language }: LineOptions,
  paint: (text: string, colour: keyof typeof COLOURS) => Piece,
): readonly Piece[] {
  const words = WORDS[language];
  const { usedFraction: used, resetsAt, pace, exhaustsAt } = window;
  const level = used === undefined ? 'quiet' : used >= 0.9 ? 'low' : used >= 0.7 ? 'watch' : 'good';
  const runsOut = exhaustsAt !== undefined && exhaustsAt > now && (resetsAt === undefined || exhaustsAt < resetsAt);
  return [
    paint(nameOf(window, words.week), 'plain'),
    paint(used === undefined ? '?' : `${bar(used)} ${percent(used)}`, level),
    ...(pace === undefined
      ? []
      : [paint(`${pace > 1.05 ? '↗' : pace < 0.95 ? '↘' : '→'}${pace.toFixed(1)}×`, pace > 1.05 ? 'watch' : 'quiet')]),
    ...(runsOut
      ? [paint(`${words.empty} ${span(exhaustsAt - now)}`, 'low')]
      : resetsAt === undefined || resetsAt <= now
        ? []
        : [paint(`${words.resets}${span(resetsAt - now)}`, 'quiet')]),
  ];
}

/** What the relay knows goes first; without it, what the agent itself was told. */
function windowsOf(input: StatusLineInput | undefined, says: StatuslineSays | undefined): readonly Window[] {
  const known = (says?.windows ?? []).filter(
    ({ usedFraction, windowMs }) => usedFraction !== undefined && (windowMs ?? 0) > HOUR_MS,
  );
  const all: readonly Window[] =
    known.length > 0
      ? known.map((window) => ({
          ...window,
          windowMs: window.windowMs,
          usedFraction: window.usedFraction,
          resetsAt: window.resetsAt,
        }))
      : (input?.limits ?? []).map((limit) => ({ ...limit, id: limit.policy }));
  return all.toSorted((a, b) => (a.windowMs ?? Infinity) - (b.windowMs ?? Infinity)).slice(0, 3);
}

function nameOf({ id, windowMs }: Window, week: string): string {
  if (id.includes(':')) return id.slice(id.indexOf(':') + 1);
  if (windowMs === undefined) return id;
  if (windowMs === 168 * HOUR_MS) return week;
  const hours = windowMs / HOUR_MS;
  return hours < 48 ? `${Math.round(hours)}h` : `${Math.round(hours / 24)}d`;
}

const CELLS = 5;

function bar(fraction: number): string {
  const filled = Math.min(CELLS, Math.max(fraction > 0 ? 1 : 0, Math.round(fraction * CELLS)));
  return '▰'.repeat(filled) + '▱'.repeat(CELLS - filled);
}

function percent(fraction: number): string {
  return `${Math.round(fraction * 100)}%`;
}

function span(ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  if (minutes < 60) return `${minutes}m`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours}h${minutes % 60 === 0 ? '' : `${minutes % 60}m`}` : `${Math.round(hours / 24)}d`;
}

function painted({ text, colour }: Piece, on: boolean): string {
  const code = COLOURS[colour];
  return !on || code === '' ? text : `\u001B[${code}m${text}${RESET}`;
}

/** Columns of the line; a Chinese character takes two. */
function lengthOf(parts: readonly (readonly Piece[])[]): number {
  const text = parts.map((pieces) => pieces.map((piece) => piece.text).join(' ')).join(' · ');
  return text.length + (text.match(/[\u2E80-\u9FFF\uFF00-\uFFEF]/g) ?? []).length;
}
