import { z } from 'zod';

const Trend = z.object({
  total: z.number().int(),
  /** How many were added on each of the last 30 days (UTC), today last. */
  perDay: z.array(z.number().int()).length(30),
});

/** The size of the platform and how it grew; null without the permission to list them. */
export const Trends = z.object({ tenants: Trend.nullable(), users: Trend.nullable(), staff: Trend.nullable() });
export type Trends = z.infer<typeof Trends>;
