interface Waiting<In, Out> {
  item: In;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

/**
 * Collects items into batches: what arrives while a batch is under way makes up the next one. `work` returns one result per item, in
 * the same order; if it throws, the whole batch fails.
 */
export function createBatcher<In, Out>(
  work: (items: In[]) => Promise<Out[]>,
  limits: { size: number; concurrency: number },
) {
  const waiting: Waiting<In, Out>[] = [];
  let running = 0;

  async function run(): Promise<void> {
    running += 1;
    // Lets everything that arrived in the same turn join the first batch.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const batch = waiting.splice(0, limits.size);
      try {
        const results = await work(batch.map(({ item }) => item));
        for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Out);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    running -= 1;
  }

  return (item: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (running < limits.concurrency) void run();
    });
}
