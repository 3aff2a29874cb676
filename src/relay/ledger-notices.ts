import type { Notice } from '../core/snapshot.ts';
import type { LedgerTrouble } from '../ledger/sqlite.ts';

/** Something to say about the ledger; the writer adds the time and says each at most once an outage. */
export type LedgerNews = Omit<Notice, 'at'>;

/** What it means that the ledger cannot be used. `message` is what SQLite or the system said. */
export function ledgerTrouble(reason: LedgerTrouble, path: string, message: string): LedgerNews {
  switch (reason) {
    case 'no-sqlite':
      return {
        code: 'ledger-no-sqlite',
        severity: 'warning',
        text: `Planward keeps no record of exchanges: ${message}. Traffic is forwarded as always; run the relay with Node 22.13 or later to have a record.`,
      };
    case 'newer':
      return {
        code: 'ledger-newer',
        severity: 'warning',
        text: `Planward keeps no record of exchanges: ${path} was written by a newer version (${message}). It was left as it is; update Planward to use it again.`,
      };
    case 'locked':
      return {
        code: 'ledger-locked',
        severity: 'warning',
        text: `Another program holds the ledger ${path}. Exchanges wait in memory until it lets go; close the program that has the file open.`,
      };
    case 'corrupt':
    case 'unwritable':
      return {
        code: 'ledger-unwritable',
        severity: 'warning',
        text: `The ledger ${path} cannot be written: ${message}. Exchanges wait in memory and Planward tries again by itself; check free space and the rights of the folder.`,
      };
    default:
      return reason satisfies never;
  }
}

export function ledgerSetAside(movedTo: string, message: string): LedgerNews {
  return {
    code: 'ledger-set-aside',
    severity: 'warning',
    text: `The ledger was damaged (${message}) and was set aside as ${movedTo}. A new one has begun, so figures from our own count start again.`,
  };
}

export function ledgerGone(path: string): LedgerNews {
  return {
    code: 'ledger-gone',
    severity: 'warning',
    text: `The ledger ${path} was deleted or replaced while Planward ran. Recording goes on in the file that is there now; earlier exchanges are in it only if you put them back.`,
  };
}

export function ledgerThreadEnded(message: string): LedgerNews {
  return {
    code: 'ledger-thread',
    severity: 'warning',
    text: `The part of Planward that writes the ledger stopped: ${message}. Exchanges wait in memory and it is started again by itself; restart the relay if this message stays.`,
  };
}

export function ledgerFull(waiting: number): LedgerNews {
  return {
    code: 'ledger-dropped',
    severity: 'warning',
    text: `${waiting} exchanges wait to be written and no more fit in memory, so newer ones are not recorded. Traffic is not affected; see the notice about the ledger for what to do.`,
  };
}

export function ledgerRejected(rows: number): LedgerNews {
  return {
    code: 'ledger-rejected',
    severity: 'warning',
    text: `${rows === 1 ? 'One exchange' : `${rows} exchanges`} could not be recorded because a figure was unreadable. The others were; please report this with Copy Diagnostics.`,
  };
}

/** The end of an outage. `dropped` exchanges were not kept meanwhile. */
export function ledgerRecovered(dropped: number): LedgerNews {
  const lost = dropped === 0 ? 'Nothing was lost.' : `${dropped} exchanges were not recorded meanwhile.`;
  return { code: 'ledger-recovered', severity: 'info', text: `Planward records exchanges again. ${lost}` };
}
