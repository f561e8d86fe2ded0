/** Reads JSON that this browser has stored; undefined where it has none, or none that can be read. */
export function readStored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}

/** Stores JSON in this browser. Without storage it is forgotten with the page. */
export function store(key: string, value: unknown) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Browsers may refuse storage altogether.
  }
}
