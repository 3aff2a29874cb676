import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, visitorKeys } from 'oxc-parser';
import { ROOT } from './strings.ts';

export interface BareString {
  /** `file:line` */
  readonly where: string;
  readonly text: string;
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

/** What becomes of a string: `drawn` where VS Code or the page shows it; `unread` for ids, conditions, comparisons; else `open`. */
type Use = 'drawn' | 'open' | 'unread';

/** Two words side by side, one of them in small letters: somebody is meant to read it, wherever it stands. */
const WORDS = /[A-Za-z’']{2,} [a-z’']{2,}|[a-z’']{2,} [A-Za-z’']{2,}/;
/** One word is enough where it is drawn. */
const WORD = /[A-Za-z]{2,}/;
const ICON = /\$\([a-z~-]+\)/g;

const DRAWN = new Set('title label description detail placeHolder prompt tooltip text message spoken'.split(' '));
const UNREAD = new Set('class d id when command context type style role kind icon key code transform'.split(' '));
const DRAWING = /^(show(Information|Warning|Error)Message|setStatusBarMessage)$/;
/** The log is English, as what only programmers meet. */
const UNREADING = /^(t|trace|debug|info|warn|error|querySelector(All)?|closest|matches|setProperty|executeCommand)$/;

/**
 * Texts of the extension and its page that a person reads and that `t` was not asked for, so that no bundle can translate them. The
 * registry is left out: the manifest takes its texts from there by key.
 */
export function bareStrings(): readonly BareString[] {
  return globSync('src/{extension,dashboard}/**/*.ts', { cwd: ROOT })
    .filter((path) => !path.includes('/registry/'))
    .flatMap((path) => bareIn(readFileSync(join(ROOT, path), 'utf8'), path));
}

export function bareIn(code: string, path: string): readonly BareString[] {
  const { program, errors } = parseSync(path, code);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const found: BareString[] = [];
  const look = (node: Node, use: Use): void => {
    const text = textOf(node);
    if (text !== undefined && use !== 'unread') {
      const shown = text.replaceAll(ICON, '');
      if ((use === 'drawn' ? WORD : WORDS).test(shown))
        found.push({ where: `${path}:${code.slice(0, node.start).split('\n').length}`, text });
    }
    for (const [child, itsUse] of childrenOf(node, use)) look(child, itsUse);
  };
  look(program as unknown as Node, 'open');
  return found;
}

function textOf(node: Node): string | undefined {
  if (node.type === 'Literal') return typeof node['value'] === 'string' ? node['value'] : undefined;
  if (node.type === 'TemplateElement') return (node['value'] as { cooked?: string }).cooked;
  return undefined;
}

function childrenOf(node: Node, use: Use): readonly (readonly [Node, Use])[] {
  const all = (among: Use, ...keys: readonly string[]) =>
    (keys.length > 0 ? keys : (visitorKeys[node.type] ?? []))
      .flatMap((key) => node[key] as Node | null | undefined | readonly (Node | null)[])
      .filter((child): child is Node => typeof child === 'object' && child !== null)
      .map((child) => [child, among] as const);
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportAllDeclaration':
    case 'TSTypeAliasDeclaration':
    case 'TSInterfaceDeclaration':
    case 'TSTypeAnnotation':
    case 'TSTypeParameterInstantiation':
      return [];
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
      return all(use, 'expression');
    case 'CallExpression': {
      const name = nameOf(node['callee'] as Node);
      if (name === 't') return all('open', 'arguments').slice(1);
      const among = UNREADING.test(name) ? 'unread' : DRAWING.test(name) ? 'drawn' : use === 'unread' ? use : 'open';
      return [...all('open', 'callee'), ...all(among, 'arguments')];
    }
    case 'NewExpression':
      return all(nameOf(node['callee'] as Node).endsWith('Error') ? 'unread' : 'open', 'arguments');
    case 'Property':
    case 'AssignmentExpression': {
      const name = nameOf((node['key'] ?? node['left']) as Node);
      const among = UNREAD.has(name) ? 'unread' : DRAWN.has(name) ? 'drawn' : 'open';
      return all(among, node.type === 'Property' ? 'value' : 'right');
    }
    case 'BinaryExpression':
      return all(node['operator'] === '+' ? use : 'unread');
    case 'SwitchCase':
      return all(use, 'consequent');
    case 'MemberExpression':
      return all('open', 'object');
    case 'ConditionalExpression':
      return [...all('open', 'test'), ...all(use, 'consequent', 'alternate')];
    default:
      return all(use);
  }
}

/** The last name of `a.b.c`; empty for what has none. */
function nameOf(node: Node): string {
  if (node.type === 'Identifier') return node['name'] as string;
  if (node.type === 'Literal') return String(node['value']);
  return node.type === 'MemberExpression' ? nameOf(node['property'] as Node) : '';
}
