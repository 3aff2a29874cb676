import type { Disposable, LogOutputChannel } from 'vscode';
import type { State } from '../state.ts';

/** Writes each turn of the connection into the log, once. */
export function createConnectionLog(state: State, log: LogOutputChannel): Disposable {
  let last = '';
  return state.draw((connection) => {
    const { state: now, reason, message, snapshot, endpoint } = connection;
    const line = [
      `relay ${now}`,
      ...(reason === undefined ? [] : [`(${reason})`]),
      ...(message === undefined ? [] : [message]),
      ...(now === 'live' && snapshot !== undefined && endpoint !== undefined
        ? [`version ${snapshot.relay.version}, process ${snapshot.relay.pid}, port ${endpoint.port}`]
        : []),
    ].join(' ');
    if (line === last) return;
    last = line;
    if (now === 'lost' && reason !== 'off') log.warn(line);
    else log.info(line);
  });
}
