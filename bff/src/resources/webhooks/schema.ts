import { z } from 'zod';

export const WebhookReceipt = z.object({
  /** `stored` means that it is kept, and applied in a moment or tried again later. */
  result: z.enum(['applied', 'ignored', 'duplicate', 'stored']),
});
