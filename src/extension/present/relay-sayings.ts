import type { Saying } from './saying.ts';

/** What the relay and who speaks with it say in English, by the whole sentence; the longer of two that begin alike first. */
export const RELAY_SAYINGS: readonly Saying[] = [
  (t) => t('The relay is not running.'),
  (t, a) => t('The relay did not answer: {0}.', ...a),
  (t) => t('The relay does not know our token; it was started anew.'),
  (t) => t('The relay answered in a form this version does not know.'),
  (t) => t('No relay has been started yet.'),
  (t, a) => t('The endpoint file cannot be read: {0}', ...a),
  (t) => t('The endpoint file is damaged; starting the relay replaces it.'),
  (t, a) => t('The relay that used port {0} has ended.', ...a),
  (t, a) => t('Port {0} now belongs to {1}.', ...a),
  (t, a) => t('The running relay {0} speaks protocol {1}, this program {2}.', ...a),
  (t, a) => t('The folder {0} cannot be written: {1}', ...a),
  (t, a) => t("The relay's log cannot be written: {0}", ...a),
  (t, a) => t('The relay did not start: {0}', ...a),
  (t, a) => t('The relay did not answer in time; its log is {0}.', ...a),
  (t, a) =>
    t('Port {0} is used by {1}. Stop that program, or choose another port in the setting planward.relay.port.', ...a),
  (t, a) => t('The relay ended at once (exit code {0}).', ...a),
  (t, a) => t('The relay cannot be installed: {0}', ...a),
  (t) => t('The relay sent a snapshot this version cannot read.'),
  (t) => t('The ledger cannot be read now; the notices of "planward status" say why.'),
  (t) => t('There is no such session any more: only the newest ones are kept, in memory.'),
  (t) => t('nothing listens there'),
  (t) => t('no answer in time'),
  (t) => t('the answer is too long'),
  (t, a) =>
    t(
      'Planward cannot use its folder {0} ({1}). Agents are relayed, but nothing is kept and no window finds this relay. Make the folder writable for you, or set PLANWARD_HOME to one that is.',
      ...a,
    ),
  (t, a) =>
    t(
      "The salt of account keys could not be kept ({0}), so accounts appear as new ones after the relay's next start.",
      ...a,
    ),
  (t) => t('The salt of account keys was damaged and replaced: known accounts appear as new ones.'),
  (t, a) =>
    t(
      'The file that tells windows where the relay is was damaged ({0}) and was written anew. Nothing is to be done; windows find this relay again.',
      ...a,
    ),
  (t, a) =>
    t('Windows cannot find this relay, since {0} could not be written ({1}). Agents are relayed all the same.', ...a),
  (t, a) =>
    t(
      "Other users of this machine can list {0}, because it holds other files too. Planward's own files in it are private; give Planward a folder of its own to hide their names.",
      ...a,
    ),
  (t, a) =>
    t(
      'Planward keeps no record of exchanges: {0} was written by a newer version ({1}). It was left as it is; update Planward to use it again.',
      ...a,
    ),
  (t, a) =>
    t(
      'Planward keeps no record of exchanges: {0}. Traffic is forwarded as always; run the relay with Node 22.13 or later to have a record.',
      ...a,
    ),
  (t, a) =>
    t(
      'Another program holds the ledger {0}. Exchanges wait in memory until it lets go; close the program that has the file open.',
      ...a,
    ),
  (t, a) =>
    t(
      'The ledger {0} cannot be written: {1}. Exchanges wait in memory and Planward tries again by itself; check free space and the rights of the folder.',
      ...a,
    ),
  (t, a) =>
    t(
      'The ledger was damaged ({0}) and was set aside as {1}. A new one has begun, so figures from our own count start again.',
      ...a,
    ),
  (t, a) =>
    t(
      'The ledger {0} was deleted or replaced while Planward ran. Recording goes on in the file that is there now; earlier exchanges are in it only if you put them back.',
      ...a,
    ),
  (t, a) =>
    t(
      'The part of Planward that writes the ledger stopped: {0}. Exchanges wait in memory and it is started again by itself; restart the relay if this message stays.',
      ...a,
    ),
  (t, a) =>
    t(
      '{0} exchanges wait to be written and no more fit in memory, so newer ones are not recorded. Traffic is not affected; see the notice about the ledger for what to do.',
      ...a,
    ),
  (t) =>
    t(
      'One exchange could not be recorded because a figure was unreadable. The others were; please report this with Copy Diagnostics.',
    ),
  (t, a) =>
    t(
      '{0} exchanges could not be recorded because a figure was unreadable. The others were; please report this with Copy Diagnostics.',
      ...a,
    ),
  (t, a) => t('Exchanges could not be recorded: {0}.', ...a),
  (t) => t('Planward records exchanges again.'),
  (t) => t('Nothing was lost.'),
  (t, a) => t('{0} exchanges were not recorded meanwhile.', ...a),
  (t, a) =>
    t('Planward uses its default for settings it cannot read: {0}. Set them again in VS Code or correct {1}.', ...a),
  (t, a) => t('The file as it was is kept as {0}.', ...a),
  (t) => t('A copy of the file could not be kept.'),
  (t, a) => t('The setting holds until the relay ends, because {0} cannot be read and is left as it is.', ...a),
  (t, a) => t('The setting holds until the relay ends, because {0} cannot be written: {1}.', ...a),
  (t, a) => t('The policy pack {0} is left out: {1}', ...a),
  (t, a) => t('The relay answered {0}.', ...a),
];
