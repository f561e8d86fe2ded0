interface Waiting<In, Out> {
  item: In;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

/**
 * Does work on many items at once: what comes while a group is under way makes the next one. `work` answers one result for each
 * item, in their order; when it throws, all of the group fail.
 */
export function groupWork<In, Out>(work: (items: In[]) => Promise<Out[]>, limits: { size: number; atOnce: number }) {
  const waiting: Waiting<In, Out>[] = [];
  let underWay = 0;

  async function next(): Promise<void> {
    underWay += 1;
    // One turn later everything that arrived together is here together.
    await new Promise(setImmediate);
    while (waiting.length > 0) {
      const group = waiting.splice(0, limits.size);
      try {
        const results = await work(group.map(({ item }) => item));
        for (const [index, { resolve }] of group.entries()) resolve(results[index] as Out);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    underWay -= 1;
  }

  return (item: In): Promise<Out> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (underWay < limits.atOnce) void next();
    });
}
