type Question = {
  view?: 'permission' | 'role' | 'compare';
  userId?: string;
  permission?: string;
  roleId?: string;
  /** A moment as RFC 3339; now without it. */
  at?: string;
  from?: string;
  to?: string;
  /** The event of the log before and after which to look. */
  event?: string;
};

/** The page that answers "who could do what at that moment?". */
export const historyPath = (base: string, question: Question) =>
  `${base}/access-in-time?${new URLSearchParams(question)}`;
