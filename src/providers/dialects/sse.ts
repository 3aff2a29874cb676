/** Server-sent events as text: an optional name, one line of data. */
export function sse(events: readonly { readonly event?: string; readonly data: unknown }[]): string {
  return events
    .map(({ event, data }) => {
      const line = `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;
      return event === undefined ? line : `event: ${event}\n${line}`;
    })
    .join('');
}
