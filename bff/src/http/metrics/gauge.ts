import { Gauge, type Registry } from 'prom-client';

type Sample = readonly [labels: Record<string, string>, value: number];

/** Registers a gauge that is read whenever metrics are collected. One that returns no sample is absent from the answer. */
export function registerGauge(
  registry: Registry,
  spec: { name: string; help: string; labelNames?: string[] },
  read: () => readonly Sample[] | Promise<readonly Sample[]>,
): void {
  new Gauge({
    ...spec,
    registers: [registry],
    async collect() {
      const samples = await read();
      // Without labels, reset() would set 0.
      if (spec.labelNames) this.reset();
      else this.remove();
      for (const [labels, value] of samples) this.set(labels, value);
    },
  });
}
