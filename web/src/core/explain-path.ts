type Question = {
  userId?: string | undefined;
  /** On the platform, the tenant in question. */
  tenant?: string | undefined;
  permission?: string | undefined;
  /** The resource, as JSON text. */
  resource?: string | undefined;
  view?: 'who' | undefined;
  /** RFC 3339; without it, now. */
  at?: string | undefined;
  /** The denied event that is explained. */
  event?: string | undefined;
};

/** The page that explains a user's access; without a user, that of the viewer. */
export function explainPath(base: string, question: Question): string {
  const asked = Object.entries(question).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `${base}/explain?${new URLSearchParams(asked)}`;
}
