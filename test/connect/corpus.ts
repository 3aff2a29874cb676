import type { ConfigFormat, KeyPath } from '../../src/core/connection.ts';

/** A configuration file as a person might have written it, and one address to be put in. */
export interface CorpusFile {
  readonly what: string;
  readonly format: ConfigFormat;
  readonly text: string;
  readonly path: KeyPath;
}

const CLAUDE = ['env', 'ANTHROPIC_BASE_URL'];
const KILO = ['provider', 'zai-coding-plan', 'options', 'baseURL'];
const CLAW = ['models', 'providers', 'relay', 'baseUrl'];

/** Own files, in the oddest forms their formats allow. */
export const CORPUS: readonly CorpusFile[] = [
  { what: 'nothing', format: 'jsonc', text: '', path: CLAUDE },
  { what: 'an empty object', format: 'jsonc', text: '{}', path: CLAUDE },
  { what: 'an empty object with a break', format: 'jsonc', text: '{\n}\n', path: CLAUDE },
  { what: 'one line', format: 'json', text: '{"version":1,"env":{"A":"b"}}', path: CLAUDE },
  {
    what: 'an address that stands there',
    format: 'jsonc',
    text: '{\n  "env": {"ANTHROPIC_BASE_URL": "https://api.z.ai/api/anthropic"}\n}\n',
    path: CLAUDE,
  },
  { what: 'tabs', format: 'jsonc', text: '{\n\t"env": {\n\t\t"A": "b"\n\t},\n\t"model": "opus"\n}\n', path: CLAUDE },
  {
    what: 'four blanks and no last break',
    format: 'jsonc',
    text: '{\n    "env": {\n        "A": "b"\n    }\n}',
    path: CLAUDE,
  },
  { what: 'Windows line ends', format: 'jsonc', text: '{\r\n  "env": {\r\n    "A": "b"\r\n  }\r\n}\r\n', path: CLAUDE },
  {
    what: 'comments and trailing commas',
    format: 'jsonc',
    text: '// mine\n{\n  /* keys */ "env" : { // here\n    "A": "b", // last\n  },\n\n\n  "permissions": {"allow": ["Bash(npm:*)",],},\n} // end\n',
    path: CLAUDE,
  },
  {
    what: 'odd spacing',
    format: 'jsonc',
    text: '{ "env"   :{\n"A":"b"\n  ,   "C":1 }\n\n     , "x":[ 1,2\n,3 ]}\n\n\n',
    path: CLAUDE,
  },
  {
    what: 'letters beyond ASCII',
    format: 'jsonc',
    text: '{\n  "note": "naïve 😀 日本",\n  "env": {}\n}\n',
    path: CLAUDE,
  },
  {
    what: 'comments between nested providers',
    format: 'jsonc',
    text: '{\n  "$schema": "https://x",\n  // plan\n  "provider": {\n    "zai-coding-plan": {\n      // key\n      "options": {\n        "apiKey": "k" // mine\n      }\n    }\n  }\n}\n',
    path: KILO,
  },
  {
    what: 'bare keys and single quotes',
    format: 'json5',
    text: "// claw\n{\n  agents: { defaults: { model: { primary: 'relay/glm' } } },\n  models: {\n    mode: 'merge', // keep\n    providers: {\n      relay: { baseUrl: 'https://api.z.ai/api/coding/paas/v4', apiKey: 'k', models: [ { id: 'glm', cost: { input: .5 } }, ], },\n    },\n  },\n}\n",
    path: CLAW,
  },
  {
    what: 'bare keys without the address, Windows line ends',
    format: 'json5',
    text: "{\r\n  models: {\r\n    providers: {\r\n      relay: {\r\n        apiKey: 'k', // mine\r\n      },\r\n    },\r\n  },\r\n}\r\n",
    path: CLAW,
  },
  {
    what: 'plain JSON in a JSON5 file',
    format: 'json5',
    text: '{\n  "models": {\n    "providers": {\n      "relay": {\n        "baseUrl": "https://api.z.ai/api",\n        "models": []\n      }\n    }\n  }\n}\n',
    path: CLAW,
  },
  {
    what: 'a plain value',
    format: 'yaml',
    text: 'name: Mine   # odd\nversion: 0.0.1\n\nmodels:\n  - name:   "GLM"\n    provider: openai\n    apiBase: https://api.z.ai/api/coding/paas/v4   # plan\n    apiKey: k\n',
    path: ['models', 0, 'apiBase'],
  },
  {
    what: 'no value, and lists without indentation',
    format: 'yaml',
    text: "models:\n- name: A\n  provider: anthropic # mine\n  roles: [chat,  edit]\n\n- name: 'B'\n  provider: openai\n",
    path: ['models', 1, 'apiBase'],
  },
  {
    what: 'flow style',
    format: 'yaml',
    text: "models: [ {name: A, provider: openai}, {name: B, apiBase: 'https://api.openai.com/v1'} ]\n",
    path: ['models', 0, 'apiBase'],
  },
  {
    what: 'single quotes in flow style, Windows line ends',
    format: 'yaml',
    text: "# c\r\nmodels: [ {name: A, apiBase: 'https://api.openai.com/v1'} ]\r\nrules:\r\n  - |\r\n    be brief\r\n\r\n    please\r\n",
    path: ['models', 0, 'apiBase'],
  },
  {
    what: 'a list of blocks after the place',
    format: 'yaml',
    text: 'models:\n  - provider: anthropic\n    model: claude\n    defaultCompletionOptions:\n      contextLength: 200000\n    roles:\n      - chat\ncontext:\n  - provider: diff',
    path: ['models', 0, 'apiBase'],
  },
  { what: 'an empty file', format: 'toml', text: '', path: ['openai_base_url'] },
  {
    what: 'comments, quotes and odd spacing',
    format: 'toml',
    text: '# top\nmodel   =  \'gpt-5\'   # odd\n\n[model_providers.relay]   # here\nname=\'R\'\nbase_url = "https://api.openai.com/v1"  # keep\n\n[projects."/x y"]\ntrust_level = "trusted"\narr = [ 1,2,\n  3, # c\n]\n',
    path: ['model_providers', 'relay', 'base_url'],
  },
  {
    what: 'tables only',
    format: 'toml',
    text: '# only tables\r\n[features]\r\nweb = true\r\n\r\n[[mcp]]\r\nname = "a"\r\nat = 2026-01-01T00:00:00Z\r\n',
    path: ['openai_base_url'],
  },
];
