import { posix } from 'node:path';
import { parseSync } from 'oxc-parser';
import type { Source } from './sources.ts';

export interface Import {
  /** A path of the project (`bot/clock.ts`), a package (`pg`, `@prisma/client`), or `node:fs`. */
  to: string;
  internal: boolean;
  /** Nothing of it exists at run time. */
  typeOnly: boolean;
}

/** What the rules ask about a file. */
export interface Facts {
  path: string;
  lines: number;
  errors: string[];
  imports: Import[];
  /** `process.env`, `Date.now`, `new Date()`, `Temporal.Now` where they occur. */
  uses: Set<string>;
  /** Names in the code, and texts in it, apart. */
  identifiers: Set<string>;
  strings: Set<string>;
}

interface Node {
  type: string;
  [key: string]: unknown;
}

export function factsOf({ path, text }: Source): Facts {
  const { program, module, errors } = parseSync(path, text);
  const facts: Facts = {
    path,
    lines: text.split('\n').length - 1,
    errors: errors.map(({ message }) => message),
    imports: [],
    uses: new Set(),
    identifiers: new Set(),
    strings: new Set(),
  };
  const add = (specifier: string, typeOnly: boolean) =>
    facts.imports.push(resolve(path, specifier, typeOnly));
  for (const { moduleRequest, entries } of module.staticImports)
    add(moduleRequest.value, entries.length > 0 && entries.every((entry) => entry.isType));
  for (const { entries } of module.staticExports)
    for (const { moduleRequest, isType } of entries) if (moduleRequest) add(moduleRequest.value, isType);
  visit(program as unknown as Node, (node) => {
    const source = (node.source as Node | undefined)?.value;
    // An import whose name is computed can't be followed, so it counts as going nowhere allowed.
    if (node.type === 'ImportExpression') add(typeof source === 'string' ? source : '(computed)', false);
    if (node.type === 'TSImportType' && typeof source === 'string') add(source, true);
    note(node, facts);
  });
  return facts;
}

function resolve(from: string, specifier: string, typeOnly: boolean): Import {
  if (specifier.startsWith('.'))
    return { to: posix.join(posix.dirname(from), specifier), internal: true, typeOnly };
  const [scope = '', name] = specifier.split('/');
  const bare = scope.startsWith('@') ? `${scope}/${name}` : scope;
  return { to: specifier.startsWith('node:') ? specifier : bare, internal: false, typeOnly };
}

function note(node: Node, facts: Facts): void {
  if (node.type === 'Identifier' || node.type === 'JSXIdentifier') facts.identifiers.add(String(node.name));
  if (node.type === 'Literal' && typeof node.value === 'string') facts.strings.add(node.value);
  if (node.type === 'TemplateElement') facts.strings.add(String((node.value as { cooked?: string }).cooked));
  if (node.type === 'MemberExpression') {
    const name = `${nameOf(node.object)}.${nameOf(node.property)}`;
    if (['process.env', 'Date.now', 'Temporal.Now'].includes(name)) facts.uses.add(name);
  }
  if (node.type === 'VariableDeclarator' && nameOf(node.init) === 'process') {
    const { properties = [] } = node.id as { properties?: { key?: unknown }[] };
    if (properties.some(({ key }) => nameOf(key) === 'env')) facts.uses.add('process.env');
  }
  if (node.type === 'ImportSpecifier' && nameOf(node.imported) === 'env') facts.uses.add('process.env');
  if (
    node.type === 'NewExpression' &&
    nameOf(node.callee) === 'Date' &&
    (node.arguments as unknown[]).length === 0
  )
    facts.uses.add('new Date()');
}

function nameOf(node: unknown): string {
  const { name, value } = (node ?? {}) as { name?: string; value?: unknown };
  return name ?? String(value);
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const child of Object.values(node)) {
    if (Array.isArray(child)) for (const each of child) if (isNode(each)) visit(each, see);
    if (isNode(child)) visit(child, see);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';
}
