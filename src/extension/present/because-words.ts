import type { Flag } from '../../core/flag.ts';
import type { Signal } from '../../core/request-facts.ts';
import { SIGNAL_SAYS } from '../../scope/way-findings.ts';
import { plainText } from './plain-text.ts';
import type { Voice } from './voice.ts';

const POSSIBLY = 'possibly: ';

/** What was seen, of a rule on tools or on the way a request comes, in the user's language; as it came where it is new here. */
export function sayBecause(voice: Voice, { because }: Pick<Flag, 'because'>): string {
  const { t } = voice;
  if (because.startsWith(POSSIBLY)) {
    return t('possibly: {0}', sayBecause(voice, { because: because.slice(POSSIBLY.length) }));
  }
  const signal = (Object.keys(SIGNAL_SAYS) as Signal[]).find((each) => SIGNAL_SAYS[each] === because);
  if (signal !== undefined) return saySignal(voice, signal);
  const [, client = '', standing] =
    /^(\S{1,64}) is (a supported tool|served on a best-effort basis|named as not supported|not named as a supported tool)$/.exec(
      because,
    ) ?? [];
  switch (standing) {
    case 'a supported tool':
      return t('{0} is a supported tool', client);
    case 'served on a best-effort basis':
      return t('{0} is served on a best-effort basis', client);
    case 'named as not supported':
      return t('{0} is named as not supported', client);
    case 'not named as a supported tool':
      return t('{0} is not named as a supported tool', client);
    default:
      return plainText(because, 80);
  }
}

function saySignal({ t }: Voice, signal: Signal): string {
  switch (signal) {
    case 'unattended':
      return t('nobody was there: a timer or a job sent it');
    case 'batch':
      return t('many requests of one shape came in a short time');
    case 'raw-api':
      return t('a bare SDK or HTTP client sent it, not a coding tool');
    case 'forwarded':
      return t('it passed another gateway before it came here');
    case 'several-people':
      return t('several people use one credential');
    case 'foreign-login':
      return t('one program used the login of another');
    default:
      signal satisfies never;
      return '';
  }
}

/** A clause of evidence on the way a request came, in the user's language; as it came where it is new here. */
export function sayWayEvidence({ t }: Voice, feature: string): string {
  const read = (pattern: RegExp): readonly string[] | undefined => pattern.exec(feature)?.slice(1);
  const fixed: Readonly<Record<string, string>> = {
    'no agent was recognised': t('no agent was recognised'),
    'no tools are declared': t('no tools are declared'),
    'the credential is a subscription login': t('the credential is a subscription login'),
    'the turn is marked as a heartbeat or a timer': t('the turn is marked as a heartbeat or a timer'),
    'a via field of a proxy': t('a via field of a proxy'),
  };
  const agent = read(/^the user agent is (\S{1,40})$/);
  if (agent !== undefined) return t('the user agent is {0}', agent[0]!);
  const gateway = read(/^the user agent names the gateway (\S{1,40})$/);
  if (gateway !== undefined) return t('the user agent names the gateway {0}', gateway[0]!);
  const program = read(/^the program is (\S{1,40})$/);
  if (program !== undefined) return t('the program is {0}', program[0]!);
  const field = read(/^an? (\S{1,40}) field that names another machine$/);
  if (field !== undefined) return t('a field {0} names another machine', field[0]!);
  const template = read(/^(\d+) different prompts of one template within five minutes$/);
  if (template !== undefined) return t('{0} different prompts of one template within five minutes', template[0]!);
  const burst = read(/^(\d+) different conversations begun within three seconds$/);
  if (burst !== undefined) return t('{0} different conversations begun within three seconds', burst[0]!);
  const beat = read(/^(\d+) conversations begun at an even beat of (\d+) s$/);
  if (beat !== undefined) return t('{0} conversations begun at an even beat of {1} s', beat[0]!, beat[1]!);
  const people = read(/^requests name (\d+) different people within half an hour$/);
  if (people !== undefined) return t('requests name {0} different people within half an hour', people[0]!);
  const machines = read(/^requests name (\d+) kinds of machine within half an hour$/);
  if (machines !== undefined) return t('requests name {0} kinds of machine within half an hour', machines[0]!);
  const many = read(/^(\d+) agents and (\d+) sessions use it within half an hour$/);
  if (many !== undefined) return t('{0} agents and {1} sessions use it within half an hour', many[0]!, many[1]!);
  return fixed[feature] ?? plainText(feature, 80);
}
