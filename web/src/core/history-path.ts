type Question = {
  view?: 'permission' | 'role' | 'compare';
  userId?: string;
  permission?: string;
  roleId?: string;
  /** RFC 3339; without it, now. */
  at?: string;
  from?: string;
  to?: string;
  /** The audit event whose before and after are shown. */
  event?: string;
};

/** The page that shows past access. */
export const historyPath = (base: string, question: Question) =>
  `${base}/access-history?${new URLSearchParams(question)}`;
