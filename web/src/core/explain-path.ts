type Question = {
  userId?: string | undefined;
  permission?: string | undefined;
  /** What it is about, as JSON text. */
  resource?: string | undefined;
  view?: 'who';
};

/** The page that answers "why may, or may not, this person do that here?"; without a person, about the reader. */
export function explainPath(base: string, question: Question): string {
  const asked = Object.entries(question).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `${base}/explain?${new URLSearchParams(asked)}`;
}
