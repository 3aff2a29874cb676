import type { RelayConnection } from '../../client/watch-relay.ts';

/** What *Copy Diagnostics* knows about this machine and window. */
export interface DiagnosticFacts {
  readonly version: string;
  readonly editor: string;
  readonly node: string;
  readonly platform: string;
  readonly remote: string | undefined;
  readonly home: string;
  readonly userHome: string;
  readonly userName: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly connection: RelayConnection;
  readonly now: number;
}

/**
 * A report for an issue, in English Markdown. It holds no token, no key, no account key, no prompt; the user's name and home
 * folder are replaced, and addresses keep nothing but scheme and host.
 */
export function presentDiagnostics(facts: DiagnosticFacts): string {
  const { connection } = facts;
  const { snapshot } = connection;
  const lines = [
    '### Planward diagnostics',
    '',
    `- extension ${facts.version}, ${facts.editor}, Node ${facts.node}, ${facts.platform}${facts.remote === undefined ? '' : `, remote ${facts.remote}`}`,
    `- home ${facts.home}`,
    `- connection ${connection.state}${connection.reason === undefined ? '' : ` (${connection.reason})`}${connection.message === undefined ? '' : `: ${connection.message}`}`,
    `- settings ${JSON.stringify(facts.settings, hideAddress)}`,
  ];
  if (snapshot !== undefined) {
    const { relay } = snapshot;
    lines.push(
      `- relay ${relay.version}, process ${relay.pid}, port ${relay.port}, up ${Math.floor((facts.now - relay.startedAt) / 60_000)} min, ${relay.draining ? 'draining, ' : ''}snapshot ${Math.max(0, Math.round((facts.now - snapshot.at) / 1000))} s old`,
      `- ledger ${snapshot.ledger.state}, ${snapshot.exchanges} exchanges, ${snapshot.inFlight} in flight`,
      ...snapshot.accounts.map(
        (account) =>
          `- ${account.providerId} plan ${account.planId ?? 'not known'}, poll ${account.poll.state}${account.poll.reason === undefined ? '' : ` (${account.poll.reason})`}: ${account.windows.map((w) => `${w.id} ${w.level} ${w.usedFraction === undefined ? 'unknown' : w.usedFraction.toFixed(3)} by ${w.basis}`).join(', ') || 'no windows'}`,
      ),
      ...snapshot.agents.map((agent) => `- agent ${agent.agentId} to ${agent.providerId}, ${agent.requests} requests`),
      ...snapshot.recent
        .filter((exchange) => exchange.error !== undefined)
        .slice(0, 5)
        .map(
          (exchange) =>
            `- failed: ${exchange.providerId} ${exchange.operation} ${exchange.outcome} ${exchange.status ?? 'no status'} code ${exchange.error?.code ?? 'none'}`,
        ),
      ...snapshot.notices.map((notice) => `- notice ${notice.severity} ${notice.code}: ${notice.text}`),
    );
  }
  return `${redact(lines.join('\n'), facts)}\n`;
}

function hideAddress(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !URL.canParse(value)) return value;
  const { protocol, host } = new URL(value);
  return host === '' ? value : `${protocol}//${host}`;
}

const SECRET = /\b(?:sk|key|tok|ghp|xox[a-z])[-_][\w-]{8,}|\b[0-9a-f]{32}(?:\.\w+)?\b|Bearer\s+\S+/gi;

function redact(text: string, { userHome, userName, connection }: DiagnosticFacts): string {
  let clean = text;
  const token = connection.endpoint?.token;
  if (token !== undefined) clean = clean.replaceAll(token, '<token>');
  if (userHome.length > 1)
    clean = clean.replaceAll(userHome, '~').replaceAll(JSON.stringify(userHome).slice(1, -1), '~');
  if (userName.length > 2)
    clean = clean.replace(new RegExp(`(?<![\\w-])${escapePattern(userName)}(?![\\w-])`, 'gi'), '<user>');
  return clean.replace(SECRET, '<secret>');
}

function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
