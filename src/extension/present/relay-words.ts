import type { RelayConnection } from '../../client/watch-relay.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

/** One plain sentence on why the relay is not live; what is happening where it is on its way. */
export function describeConnection({ t }: Voice, connection: RelayConnection, port: number): string {
  switch (connection.reason) {
    case 'off':
      return t('The relay is off. Agents that are pointed at it cannot reach their provider.');
    case 'restarting':
      return t('The relay is starting again.');
    case 'draining':
      return t('The relay is finishing its last requests and makes room for its successor.');
    case 'other-protocol':
      return t(
        'The running relay belongs to a version of Planward this window does not understand. Update the extension here.',
      );
    case 'unreadable':
      return t('The relay is newer than this window and sends what it cannot read. Update the extension here.');
    case 'unauthorised':
      return t('The relay does not accept this window. Restart the relay.');
    case 'port-busy':
      return connection.owner === undefined
        ? t('Port {0} is used by another program. Stop that program, or choose another port in the settings.', port)
        : t(
            'Port {0} is used by {1}. Stop that program, or choose another port in the settings.',
            port,
            plainText(connection.owner),
          );
    case 'home':
      return t("Planward's folder cannot be written. The log says which and why.");
    case 'program':
      return t('The relay program could not be started. The log says why.');
    case 'exited':
      return t('The relay ended right after its start. The log says why.');
    case 'timeout':
      return t('The relay was started but does not answer. The log may say why.');
    case undefined:
      return describeState({ t }, connection.state);
    default:
      connection.reason satisfies never;
      return describeState({ t }, connection.state);
  }
}

function describeState({ t }: Pick<Voice, 't'>, state: RelayConnection['state']): string {
  switch (state) {
    case 'starting':
      return t('The relay is starting.');
    case 'live':
      return t('The relay is running.');
    case 'lost':
      return t('The relay is off.');
    case 'unknown':
      return t('Planward is looking for the relay.');
    default:
      state satisfies never;
      return '';
  }
}
