export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** An error response: RFC 9457 with a code, the request id and, for a stale save, both versions. */
export type Problem = {
  status: number;
  code: string;
  title?: string;
  detail?: string;
  requestId?: string;
  errors?: Record<string, string[]>;
  [extra: string]: unknown;
};

export class ApiError extends Error {
  readonly statusCode: number;
  readonly code: string;
  readonly requestId: string | undefined;
  /** By field, as Refine's forms translate them. */
  readonly errors: Record<string, { key: string; message: string }>;
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail ?? problem.title ?? problem.code);
    this.name = 'ApiError';
    this.statusCode = problem.status;
    this.code = problem.code;
    this.requestId = problem.requestId;
    this.errors = Object.fromEntries(
      Object.entries(problem.errors ?? {}).map(([field, [code = '']]) => [
        field,
        { key: `invalid.${code}`, message: code },
      ]),
    );
    this.problem = problem;
  }
}

type Query = Record<string, string | number | boolean | undefined>;
export type RequestOptions = {
  query?: Query | undefined;
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
  /** Throws a 401 although the page shows a user, who would otherwise be asked to sign in again. */
  isFinal?: boolean;
};

function urlWithQuery(path: string, query: Query = {}) {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') search.append(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search}`;
}

async function problemOf(response: Response): Promise<Problem> {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return {
    ...body,
    status: response.status,
    code: String(body.code ?? `http_${response.status}`).toLowerCase(),
    ...(requestId === undefined ? {} : { requestId }),
  };
}

export type Transport = (url: string, init: RequestInit & { headers: Record<string, string> }) => Promise<Response>;

/** fetch() with credentials: the session cookie, unless setTransport() replaced it. */
export let send: Transport = (url, init) => fetch(url, { credentials: 'same-origin', ...init });

export function setTransport(next: Transport) {
  send = next;
}

let shownUser: string | null = null;

/** The user whom the page shows. Changes name them, so that the server refuses one made after another user signed in. */
export function setShownUser(id: string | null) {
  shownUser = id;
}

let renewSession = async () => false;

/** Sets what renews an ended session. It resolves to whether the same user is signed in again, and the request is repeated. */
export function whenSessionEnded(renew: () => Promise<boolean>) {
  renewSession = renew;
}

/** Reports that a request got no response. */
export let reportUnreachable = () => {};

export function whenUnreachable(listener: () => void) {
  reportUnreachable = listener;
}

/** Sends a request to our server, again if its session ended and was renewed. Throws ApiError for anything but 2xx, with code `offline` without a response. */
export async function request<T>(method: Method, path: string, options: RequestOptions = {}): Promise<T> {
  const isRenewable = shownUser !== null && !options.isFinal;
  let response = await respondTo(method, path, options);
  if (response.status === 401 && isRenewable && (await renewSession()))
    response = await respondTo(method, path, options);
  if (!response.ok) throw new ApiError(await problemOf(response));
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function respondTo(method: Method, path: string, options: RequestOptions): Promise<Response> {
  const { query, body, headers = {}, signal = null } = options;
  try {
    return await send(urlWithQuery(path, query), {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(method === 'GET' || shownUser === null ? {} : { 'x-rolecall-user': encodeURIComponent(shownUser) }),
        ...headers,
      },
      body: JSON.stringify(body) ?? null,
      signal,
    });
  } catch (error) {
    if (signal?.aborted || error instanceof ApiError) throw error;
    reportUnreachable();
    throw new ApiError({ status: 0, code: 'offline' });
  }
}
