import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '../../../..');
const SKIPPED = /(^|\/)(node_modules|generated|dist|\.data|screenshots)\//;

/** Paths below a folder, relative to the repository, whose names match. */
export const filesBelow = (folder: string, name = /\.(ts|tsx|mjs)$/): string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && name.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !SKIPPED.test(path))
    .sort();

export const isTest = (path: string): boolean => /\.test\.tsx?$|\/(testing|e2e)\//.test(path);
export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/'));

/** Files that a file imports by a relative path, types included. */
export function importsOf(path: string): string[] {
  const specifiers = [...read(path).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) => match[1] ?? '');
  return specifiers.map((specifier) =>
    relative(ROOT, resolve(ROOT, dirname(path), specifier))
      .split(sep)
      .join('/'),
  );
}

/** The folder or file directly below `parent` that holds `path`, or null. */
export const childOf = (parent: string, path: string): string | null =>
  path.startsWith(`${parent}/`) ? (path.slice(parent.length + 1).split('/')[0] ?? null) : null;
