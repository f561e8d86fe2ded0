import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

/** Up to the limit of a statement and beyond; most requests take a few milliseconds. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type Metrics = ReturnType<typeof createMetrics>;

/**
 * Creates the metrics of one process; bff/OPERATING.md describes them. Labels have few values: never a path, a user or a tenant, which
 * callers could multiply.
 */
export function createMetrics() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Counter({
      name: 'rolecall_http_requests_total',
      help: 'Requests by operation and status',
      labelNames: ['operation', 'status'],
      registers,
    }),
    durations: new Histogram({
      name: 'rolecall_http_request_duration_seconds',
      help: 'Time until the response began',
      labelNames: ['operation'],
      buckets: SECONDS,
      registers,
    }),
    problems: new Counter({
      name: 'rolecall_problems_total',
      help: 'Error responses by problem code',
      labelNames: ['code'],
      registers,
    }),
    limited: new Counter({
      name: 'rolecall_rate_limited_total',
      help: 'Requests and actions that exceeded a rate limit',
      labelNames: ['limit'],
      registers,
    }),
    denials: new Counter({
      name: 'rolecall_denials_total',
      help: 'Denied requests, including those that the audit log samples',
      labelNames: ['reason'],
      registers,
    }),
  };
}
