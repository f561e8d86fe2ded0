import { z } from 'zod';
import { emailKey } from '../core/text/email-address.ts';
import { isDeeperThan, isStorable, parseJson } from '../core/values/json.ts';

const MAX_BYTES = 8_192;
const MAX_DEPTH = 5;

/** The attributes of a resource that conditions may refer to: an object of at most 8 KB, five levels deep. */
export const Resource = z
  .record(z.string().max(100), z.json())
  .refine((value) => new TextEncoder().encode(JSON.stringify(value)).length <= MAX_BYTES, 'resource_too_large')
  .refine((value) => !isDeeperThan(MAX_DEPTH, value), 'resource_too_deep')
  .refine(isStorable, 'text_not_storable')
  .transform(withEmailKeys);

/** Adds, where no condition can name it, a copy of the attributes with each address as its key: conditions_hold() compares those. */
function withEmailKeys(resource: Record<string, unknown>): Record<string, unknown> {
  const json = JSON.stringify(resource);
  if (!json.includes('@')) return resource;
  const keyed = JSON.parse(json, (_, value) => (typeof value === 'string' ? (emailKey(value) ?? value) : value));
  return { ...resource, '@emailKeys': keyed };
}

/** The same as JSON text, for a query string. */
export const ResourceText = z
  .string()
  .max(MAX_BYTES)
  .transform((text, context) => {
    try {
      return parseJson(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'not_json' });
      return z.NEVER;
    }
  })
  .pipe(Resource);
