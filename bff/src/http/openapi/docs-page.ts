import { html } from 'hono/html';

interface Operation {
  operationId?: string;
  summary?: string;
  tags?: string[];
  'x-permission'?: string | { anyOf?: string[]; allOf?: string[] };
}

/** Renders the API reference: all operations with their permissions, and all problem codes with their meanings. */
export function docsPage(
  document: { paths?: object | undefined },
  problems: Record<string, readonly [number, string]>,
) {
  const operations = Object.entries((document.paths ?? {}) as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, ...operation })),
  );
  const tags = [...new Set(operations.map((operation) => operation.tags?.[0] ?? ''))];
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="color-scheme" content="light dark" />
        <title>Rolecall API</title>
        <style>
          body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
          code { font: 13px ui-monospace, monospace; }
          table { border-collapse: collapse; width: 100%; }
          td { padding: 0.4rem 0.75rem 0.4rem 0; border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); vertical-align: top; }
          h2 { margin-top: 2.5rem; text-transform: capitalize; }
        </style>
      </head>
      <body>
        <h1>Rolecall API</h1>
        <p>
          Full specification: <a href="/api/openapi.json">openapi.json</a>. Lists take <code>limit</code>,
          <code>cursor</code>, <code>sort</code>, <code>q</code> and filters. Writes take <code>If-Match</code>, POSTs that
          create a resource <code>Idempotency-Key</code>. Errors are <code>application/problem+json</code>.
        </p>
        ${tags.map(
          (tag) =>
            html`<h2>${tag}</h2>
              <table>
                ${operations
                  .filter((operation) => operation.tags?.[0] === tag)
                  .map(
                    (operation) =>
                      html`<tr>
                        <td><code>${operation.method.toUpperCase()} ${operation.path}</code></td>
                        <td>${operation.summary ?? ''}</td>
                        <td><code>${permissionText(operation)}</code></td>
                      </tr>`,
                  )}
              </table>`,
        )}
        <h2>Problems</h2>
        <table>
          ${Object.entries(problems).map(
            ([code, [status, title]]) =>
              html`<tr id="${code}">
                <td>${status}</td>
                <td><code>${code}</code></td>
                <td>${title}</td>
              </tr>`,
          )}
        </table>
      </body>
    </html>`;
}

function permissionText({ 'x-permission': permission = '' }: Operation): string {
  if (typeof permission === 'string') return permission;
  return permission.anyOf?.join(' or ') ?? permission.allOf?.join(' and ') ?? '';
}
