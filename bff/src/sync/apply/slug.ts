import { slugFrom } from '../../core/text/fold.ts';
import type { Tx } from '../../db/tenant-tx.ts';

/** Makes a slug from the provider's slug or from a name. */
export function slugOf(text: string): string {
  const slug = slugFrom(text, 56);
  return slug.length < 2 ? 'tenant' : slug;
}

/** Returns the slug, with the first free number behind it if it is taken. A tenant that has either keeps its own. */
export async function freeSlug(tx: Tx, desired: string, current: string | null = null): Promise<string> {
  if (current !== null && new RegExp(`^${desired}(-\\d+)?$`).test(current)) return current;
  const rows = await tx.tenant.findMany({
    where: { OR: [{ slug: desired }, { slug: { startsWith: `${desired}-` } }] },
    select: { slug: true },
  });
  const taken = new Set(rows.map(({ slug }) => slug));
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? desired : `${desired}-${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}
