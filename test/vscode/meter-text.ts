/** The percentage in the status bar's text; throws where it shows none. */
export function percentIn(text: string): number {
  const percent = /(\d+)\s*%/.exec(text)?.[1];
  if (percent === undefined) throw new Error(`no percentage in "${text}"`);
  return Number(percent);
}
