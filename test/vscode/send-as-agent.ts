import { claudeCodeLike, type SimulatedDialect } from '../support/simulated-dialects.ts';

/** Sends one request as an agent would (Claude Code), through the relay on a port, and gives its status. Rejects after 90 s. */
export async function sendAsAgent(
  port: number,
  prompt: string,
  path = '/zai',
  dialect: SimulatedDialect = claudeCodeLike('glm-4.7'),
): Promise<number> {
  const headers = dialect.headers('sk-sim-000').filter(([name]) => name !== 'Connection' && name !== 'Accept-Encoding');
  const response = await fetch(`http://127.0.0.1:${port}${path}${dialect.path}`, {
    method: 'POST',
    headers: headers.map(([name, value]): [string, string] => [name, value]),
    body: dialect.open(prompt).body(),
    signal: AbortSignal.timeout(90_000),
  });
  await response.text();
  return response.status;
}
