import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const here = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const leftOut = here('./left-out.ts');
const preload = here('../src/core/preload.ts');

/** What antd and Refine import without the console needing it: in all 45 kB gzipped of the first list. */
const replacements: Record<string, string> = {
  'react-markdown': leftOut,
  'remark-gfm': leftOut,
  papaparse: leftOut,
  'error-stack-parser': leftOut,
  pluralize: here('./pluralize.ts'),
  qs: here('./qs.ts'),
};

/** What React does for devtools in production, for browsers of long ago and for pages of a server. */
const unusedOfReact: [file: RegExp, pattern: RegExp, replacement: string][] = [
  [/react-dom\/(client|index)\.js$/, /checkDCE\(\);/, ''],
  [/react-dom-client\.production\.js$/, /typeof __REACT_DEVTOOLS_GLOBAL_HOOK__/g, '"undefined"'],
  [/react(-dom-client)?\.production\.js$/, /"function" === typeof (reportError|Object\.is|queueMicrotask)/g, 'true'],
  [/react-dom-client\.production\.js$/, /exports\.hydrateRoot = /, 'const unused = '],
];

function withoutUnused(code: string, id: string): string {
  for (const [, pattern, replacement] of unusedOfReact.filter(([file]) => file.test(id))) {
    const shorter = code.replace(pattern, replacement);
    if (shorter === code) throw new Error(`web/slim: ${pattern} is not in ${id}`);
    code = shorter;
  }
  return code;
}

export function slim(): Plugin {
  return {
    name: 'rolecall-slim',
    enforce: 'pre',
    load(id) {
      if (id === '\0vite/preload-helper.js')
        return `export { preload as __vitePreload } from ${JSON.stringify(preload)};`;
    },
    transform(code, id) {
      if (unusedOfReact.some(([file]) => file.test(id))) return withoutUnused(code, id);
    },
    resolveId(source, importer) {
      // Inputs need antd's form context, but not the forms behind it.
      if (source === 'rc-field-form' && importer?.endsWith('/antd/es/form/context.js'))
        return this.resolve('rc-field-form/es/FormContext', importer);
      return replacements[source];
    },
  };
}
