import type { Headers } from '../../src/core/provider.ts';

/** One way an agent shows itself. Written by hand after the shapes each program sends; no recording. */
export interface Sighting {
  readonly what: string;
  /** Absent where the headers name nobody. */
  readonly headers?: Headers;
  /** Absent where the headers are enough. */
  readonly body?: string;
}

const AI_SDK = 'ai-sdk/openai-compatible/3.0.37 ai-sdk/provider-utils/5.0.30 runtime/bun/1.3.13';

function chat(system: string, ...tools: readonly string[]): string {
  return JSON.stringify({
    model: 'glm-5.3',
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: 'Add a test.' },
    ],
    tools: tools.map((name) => ({ type: 'function', function: { name, description: 'd', parameters: {} } })),
  });
}

function messages(system: readonly string[], ...tools: readonly string[]): string {
  return JSON.stringify({
    model: 'glm-5.3',
    messages: [{ role: 'user', content: 'Add a test.' }],
    system: system.map((text) => ({ type: 'text', text })),
    tools: tools.map((name) => ({ name, description: 'd', input_schema: {} })),
  });
}

/** Agent id -> sightings. The suite fails for an agent that is not here. */
export const agentFixtures: Readonly<Record<string, readonly Sighting[]>> = {
  'claude-code': [
    { what: 'its user agent', headers: [['User-Agent', 'claude-cli/2.1.330 (external, cli)']] },
    { what: 'its session header', headers: [['X-Claude-Code-Session-Id', '0-0']] },
    {
      what: 'its system prompt and tools behind a router',
      body: messages(
        ["You are Claude Code, Anthropic's official CLI for Claude."],
        'Bash',
        'ToolSearch',
        'ReportFindings',
        'ScheduleWakeup',
      ),
    },
    {
      what: 'its billing line alone',
      body: messages(['x-anthropic-billing-header: cc_version=2.1.330.1; cc_entrypoint=cli;']),
    },
    { what: 'its safety classifier', body: messages(['You are a security monitor for autonomous AI coding agents.']) },
  ],
  cline: [
    {
      what: 'its prompt and tools under the AI SDK’s name',
      body: chat(
        'You are Cline, an AI coding agent. Your primary goal …',
        'read_files',
        'search_codebase',
        'run_commands',
      ),
    },
    {
      what: 'its tools, in a sub-agent with a prompt of its own',
      body: chat('You review code.', 'read_files', 'search_codebase', 'fetch_web_content', 'editor'),
    },
  ],
  'kilo-code': [
    { what: 'its user agent', headers: [['User-Agent', 'Kilo-Code/7.7.9 ai-sdk/provider-utils/4.0.27']] },
    { what: 'its user agent in the Anthropic dialect', headers: [['User-Agent', 'kilo/latest/7.7.9/cli']] },
    {
      what: 'its title header',
      headers: [
        ['User-Agent', AI_SDK],
        ['X-Title', 'Kilo Code'],
      ],
    },
    { what: 'its referer', headers: [['HTTP-Referer', 'https://kilocode.ai']] },
    { what: 'its prompt', body: chat('You are Kilo, a highly skilled software engineer with …', 'bash', 'edit') },
    { what: 'its own tools', body: chat('You plan.', 'kilo_local_recall', 'background_process', 'board_post') },
  ],
  openclaw: [
    {
      what: 'its prompt and tools under an SDK’s name',
      body: chat(
        '<!-- openclaw:attempt:STABLE -->\nYou are a personal assistant running inside OpenClaw.\n## Tooling',
        'openclaw',
        'sessions_yield',
        'tool_search',
      ),
    },
    { what: 'its prompt alone', body: chat('You are a personal assistant running inside OpenClaw.') },
  ],
  opencode: [
    { what: 'its user agent', headers: [['user-agent', 'opencode/1.18.33 ai-sdk/provider-utils/4.0.23']] },
    { what: 'its originator', headers: [['originator', 'opencode']] },
    { what: 'its prompt', body: chat('You are opencode, an interactive CLI tool that helps users …', 'bash') },
  ],
  codex: [
    { what: 'its originator', headers: [['originator', 'codex_exec']] },
    { what: 'its user agent', headers: [['user-agent', 'codex_cli_rs/0.169.0 (Debian 12.0.0; x86_64)']] },
    { what: 'its turn metadata', headers: [['x-codex-turn-metadata', '{}']] },
    { what: 'its tools', body: chat('You plan.', 'exec_command', 'write_stdin', 'request_user_input') },
    {
      what: 'its prompt',
      body: chat('You are a coding agent running in the Codex CLI, a terminal-based coding assistant.'),
    },
  ],
  'gemini-cli': [
    { what: 'its user agent', headers: [['User-Agent', 'GeminiCLI-tui/0.61.0/gemini-2.5-pro (linux; x64; terminal)']] },
    {
      what: 'its tools',
      body: JSON.stringify({
        tools: [
          {
            functionDeclarations: [{ name: 'run_shell_command' }, { name: 'write_todos' }, { name: 'activate_skill' }],
          },
        ],
      }),
    },
  ],
  'roo-code': [
    { what: 'its user agent', headers: [['User-Agent', 'RooCode/3.52.1']] },
    { what: 'its title header', headers: [['X-Title', 'Roo Code']] },
    {
      what: 'its prompt and tools',
      body: chat('You are Roo, a highly skilled …', 'attempt_completion', 'switch_mode', 'ask_followup_question'),
    },
  ],
  continue: [
    {
      what: 'its rules and tools',
      body: chat(
        '<important_rules>\n  You are in agent mode.\n',
        'create_new_file',
        'run_terminal_command',
        'create_rule_block',
      ),
    },
    { what: 'its rules in chat mode', body: chat('<important_rules>\n  You are in chat mode.\n') },
  ],
  'claude-code-router': [
    {
      what: 'Claude Code’s prompt under the name of the runtime',
      headers: [['user-agent', 'node']],
      body: chat('x-anthropic-billing-header: cc_version=2.1.330.1; cc_entrypoint=cli;', 'Bash', 'Read'),
    },
    {
      what: 'Claude Code’s tools under the name of the runtime',
      headers: [['user-agent', 'node']],
      body: chat('You help.', 'ToolSearch', 'ReportFindings', 'ScheduleWakeup'),
    },
  ],
};
