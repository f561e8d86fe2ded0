import { dirname, relative, resolve } from 'node:path';
import { parseAst } from 'vitest/node';
import { ROOT, read } from './source-files.ts';

/** A node of the syntax tree, as ESTree has it. */
type Node = { type: string } & Record<string, unknown>;

interface Module {
  nodes: readonly Node[];
  /** Names of functions that assert, whether they are declared here or imported. */
  helpers: ReadonlySet<string>;
}

const ASSERTIONS = ['expect', 'fc.assert'];
const TESTS = ['it', 'test'];
const modules = new Map<string, Module>();

/** Returns the titles of a file's tests that call neither an assertion nor a function that calls one. */
export function testsWithoutAssertion(path: string, source = read(path)): string[] {
  const { nodes, helpers } = moduleOf(path, source);
  return nodes.flatMap((node) => {
    if (node.type !== 'CallExpression' || !isOneOf(TESTS, calleeOf(node))) return [];
    const [title, ...rest] = node.arguments as Node[];
    const body = rest.find(({ type }) => type.includes('Function'));
    return title && body && !asserts(callsIn(body), helpers) ? [titleOf(title)] : [];
  });
}

function moduleOf(path: string, source: string): Module {
  const known = modules.get(path);
  if (known) return known;
  const tree = parseAst(source, { lang: path.endsWith('x') ? 'tsx' : 'ts' }) as unknown as Node;
  const nodes = nodesBelow(tree);
  const helpers = new Set<string>();
  const found = { nodes, helpers };
  modules.set(path, found);
  for (const node of nodes) if (node.type === 'ImportDeclaration') addImported(node, path, helpers);
  const functions = nodes.flatMap(namedFunction);
  for (let size = -1; size < helpers.size; ) {
    size = helpers.size;
    for (const { name, calls } of functions) if (asserts(calls, helpers)) helpers.add(name);
  }
  return found;
}

function addImported(node: Node, path: string, helpers: Set<string>): void {
  const specifier = String((node.source as Node).value);
  if (!/^\..*\.tsx?$/.test(specifier)) return;
  const from = relative(ROOT, resolve(ROOT, dirname(path), specifier));
  const exported = moduleOf(from, read(from)).helpers;
  for (const { imported, local } of node.specifiers as Record<'imported' | 'local', Node | undefined>[]) {
    if (imported && local && exported.has(String(imported.name))) helpers.add(String(local.name));
  }
}

/** A declared function, a function in a constant, or a method, with what it calls. */
function namedFunction(node: Node): { name: string; calls: string[] }[] {
  const value = (node.init ?? node.value ?? (node.type === 'FunctionDeclaration' ? node : null)) as Node | null;
  const key = (node.id ?? node.key) as Node | null;
  return key?.name && value?.type?.includes('Function') ? [{ name: String(key.name), calls: callsIn(value) }] : [];
}

const callsIn = (node: Node): string[] =>
  nodesBelow(node).flatMap((each) => (each.type === 'CallExpression' ? [calleeOf(each)] : []));

const asserts = (calls: readonly string[], helpers: ReadonlySet<string>): boolean =>
  calls.some((callee) => isOneOf(ASSERTIONS, callee) || callee.split('.').some((name) => helpers.has(name)));

/** `expect(a).not.toBe` -> 'expect.not.toBe' */
function calleeOf({ callee, object, property, name }: Node): string {
  if (callee) return calleeOf(callee as Node);
  return object ? `${calleeOf(object as Node)}.${(property as Node).name ?? ''}` : String(name ?? '');
}

const isOneOf = (names: readonly string[], callee: string) =>
  names.some((name) => callee === name || callee.startsWith(`${name}.`));

const titleOf = ({ value, quasis }: Node): string =>
  String(value ?? (quasis as { value: { cooked: string } }[]).map((part) => part.value.cooked).join('…'));

function nodesBelow(value: unknown, found: Node[] = []): Node[] {
  if (typeof value !== 'object' || value === null) return found;
  if ('type' in value) found.push(value as Node);
  for (const below of Object.values(value)) nodesBelow(below, found);
  return found;
}
