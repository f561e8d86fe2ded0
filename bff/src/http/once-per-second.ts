const CACHE_MS = 1_000;

/** Shares one reading among all calls until a second after it ended. */
export function atMostOncePerSecond<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  const forget = () => {
    answer = undefined;
  };
  return () => {
    answer ??= read().finally(() => setTimeout(forget, CACHE_MS).unref());
    return answer;
  };
}
