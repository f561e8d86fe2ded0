import { z } from 'zod';

export const WebhookReceipt = z.object({
  /** `stored` means that it is kept and will be applied later. */
  result: z.enum(['applied', 'ignored', 'duplicate', 'stored']),
});
