import type { Notice } from '../core/snapshot.ts';
import type { RelayLog } from './rotating-log.ts';

export interface NoticeBoard {
  /** Puts up a notice; one with the same code is replaced. */
  readonly post: (notice: Notice) => void;
  /** Newest first, at most 20. */
  list(): readonly Notice[];
}

const KEPT = 20;

/** What the user should know about the relay itself, in the log and in every Snapshot. */
export function createNoticeBoard(deps: {
  readonly log: RelayLog;
  readonly onPost: (notice: Notice) => void;
  readonly onChange: () => void;
}): NoticeBoard {
  let notices: Notice[] = [];
  return {
    post(notice) {
      notices = [notice, ...notices.filter(({ code }) => code !== notice.code)].slice(0, KEPT);
      deps.log.log(notice.severity === 'info' ? 'info' : notice.severity === 'warning' ? 'warn' : 'error', notice.text);
      deps.onPost(notice);
      deps.onChange();
    },
    list: () => notices,
  };
}
