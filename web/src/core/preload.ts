const WAITS_MS = [300, 1_500];
const asked = new Map<string, Promise<unknown>>();

/**
 * Loads the files of an import into the browser's cache before importing: browsers remember a failed import until the page is
 * reloaded, but not a failed request, which is tried again. Takes the place of Vite's function of that name (slim.ts).
 */
export async function preload<T>(importing: () => Promise<T>, files: string[] = []): Promise<T> {
  // Vite lists no files of a chunk that needs no others.
  const [, own] = /import\(["'`]\.\/([\w-]+\.js)["'`]\)/.exec(String(importing)) ?? [];
  const needed = new Set(own ? [...files, `assets/${own}`] : files);
  // An error is shown once all have ended: "Try again" must not join an attempt that is failing.
  const loaded = await Promise.allSettled([...needed].map(loadOnce));
  for (const each of loaded) if (each.status === 'rejected') throw each.reason;
  return importing();
}

function loadOnce(file: string): Promise<unknown> {
  const url = `/${file}`;
  const known = asked.get(url);
  if (known) return known;
  const isInDocument = document.querySelector(`link[href="${url}"], script[src="${url}"]`) !== null;
  const loading = isInDocument ? Promise.resolve() : file.endsWith('.css') ? addStyles(url) : cache(url);
  asked.set(url, loading);
  loading.catch(() => asked.delete(url));
  return loading;
}

async function cache(url: string): Promise<void> {
  for (const wait of [...WAITS_MS, undefined]) {
    const response = await fetch(url, { credentials: 'same-origin' }).catch(() => undefined);
    if (response?.ok) return void (await response.arrayBuffer());
    // The server does not have it: another build.
    if (response && response.status < 500) break;
    if (wait !== undefined) await new Promise((resume) => setTimeout(resume, wait));
  }
  throw new TypeError(`Cannot load ${url}`);
}

async function addStyles(url: string): Promise<void> {
  await cache(url);
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = url;
  await new Promise((done, fail) => {
    link.onload = done;
    link.onerror = fail;
    document.head.append(link);
  });
}
