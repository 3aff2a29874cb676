import { Client } from '@modelcontextprotocol/client';
import { InMemoryTransport } from '@modelcontextprotocol/server';
import { describe, expect, test } from 'vitest';
import { createMcpServer } from '../../src/mcp/serve.ts';
import { tools } from '../../src/tools/list.ts';

const DEPS = { home: '/nonexistent/planward', now: () => Date.UTC(2026, 10, 1), timeZone: 'UTC' };

async function connected(): Promise<Client> {
  const [here, there] = InMemoryTransport.createLinkedPair();
  await createMcpServer('1.2.3', DEPS).connect(there);
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(here);
  return client;
}

const textOf = (result: unknown): string => (result as { content: { text: string }[] }).content[0]!.text;

describe('the server, seen by the protocol’s own client', () => {
  test('offers the tools, all of them read-only', async () => {
    const client = await connected();
    const listed = (await client.listTools()).tools;
    expect(listed.map(({ name }) => name)).toEqual(['plan_status', 'check_prompt', 'explain_error']);
    for (const { annotations, description } of listed) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false });
      expect(description).toMatch(/\b(sent|sends)\b/);
    }
    expect(client.getServerVersion()).toMatchObject({ name: 'planward', version: '1.2.3' });
    await client.close();
  });

  test('judges a prompt and explains an error', async () => {
    const client = await connected();
    const trip = await client.callTool({
      name: 'check_prompt',
      arguments: { text: 'Plan a five day trip to Lisbon with hotels near the beach.', provider: 'zai' },
    });
    expect(textOf(trip)).toMatch(/^out-of-scope .*travel/);
    const code = await client.callTool({
      name: 'check_prompt',
      arguments: { text: 'Fix the failing test in src/main.rs.', agent: 'claude-code' },
    });
    expect(textOf(code)).toMatch(/^in-scope/);
    expect(textOf(await client.callTool({ name: 'explain_error', arguments: { error: '1302' } }))).toMatch(
      /^1302 · Account rate limit/,
    );
    await client.close();
  });

  test('says that nothing is known where no relay runs', async () => {
    const client = await connected();
    expect(textOf(await client.callTool({ name: 'plan_status', arguments: {} }))).toContain(
      'Plan figures are not known',
    );
    await client.close();
  });

  test('refuses arguments of another shape and unknown names', async () => {
    const client = await connected();
    const bad = await client
      .callTool({ name: 'check_prompt', arguments: { text: 7 } })
      .catch((error: unknown) => error);
    expect(bad instanceof Error || (bad as { isError?: boolean }).isError).toBe(true);
    const unknown = await client.callTool({ name: 'explain_error', arguments: { error: 'x', provider: 'nobody' } });
    expect(textOf(unknown)).toContain('There is no provider "nobody"');
    await client.close();
  });
});

test('names and words of tools fit those who show them', () => {
  for (const { name, title, says, description } of tools) {
    expect(name).toMatch(/^[a-z_]{3,40}$/);
    expect(title.length).toBeLessThan(40);
    expect(says).toMatch(/\.$/);
    expect(description.length).toBeLessThan(800);
  }
});
