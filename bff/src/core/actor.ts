/** Where a request comes from. Goes into its log lines and audit rows. */
export interface Origin {
  requestId: string;
  ip: string | null;
  userAgent: string | null;
}

/** Who acts: a user of the identity provider, a webhook, the server itself or the host app by its key. */
export interface Actor {
  type: 'user' | 'webhook' | 'system' | 'api-key';
  id: string | null;
  sessionId: string | null;
  /** The user who acts as this one. */
  impersonatorId?: string;
}

/** The tenant and the user that a statement runs for. PostgreSQL's policies read both. */
export interface Scope {
  tenantId: string | null;
  userId: string | null;
}
