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

export function slim(): Plugin {
  return {
    name: 'rolecall-slim',
    enforce: 'pre',
    load(id) {
      if (id === '\0vite/preload-helper.js')
        return `export { preload as __vitePreload } from ${JSON.stringify(preload)};`;
    },
    resolveId(source, importer) {
      // Inputs need antd's form context, but not the forms behind it.
      if (source === 'rc-field-form' && importer?.endsWith('/antd/es/form/context.js'))
        return this.resolve('rc-field-form/es/FormContext', importer);
      return replacements[source];
    },
  };
}
