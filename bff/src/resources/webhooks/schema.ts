import { z } from 'zod';

export const WebhookReceipt = z.object({
  /** `stored`: processed in a moment, and retried if that fails. */
  result: z.enum(['applied', 'ignored', 'duplicate', 'stored']),
});
