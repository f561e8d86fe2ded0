import { createParser } from 'eventsource-parser';
import { send } from '../../core/api.ts';
import { reportConnection, whenReconnectWanted } from '../../core/connection.ts';

const RETRY_MS = 2_000;
const OPENING_MS = 5_000;
/** The server sends a heartbeat every 5 seconds. */
const SILENCE_MS = 11_000;
/** How often the server is asked while there is no stream. */
const ASK_MS = 30_000;

/** A version of /api/me, or the paths of changed lists; null where the server has to be asked. */
type LiveMessage = { version: string | null } | { lists: string[] | null };
type OnMessage = (message: LiveMessage) => void;

/**
 * Listens to the server for changes of the user's own permissions and of lists. Browsers allow few connections to one server for
 * all of their tabs: one tab of a user holds the stream and broadcasts to the others.
 */
export function followServer(userId: string, knownVersion: () => string | undefined, onMessage: OnMessage): () => void {
  const name = `rolecall.live.${userId}`;
  const ended = new AbortController();
  const tabs = new BroadcastChannel(name);
  tabs.onmessage = ({ data }: MessageEvent<LiveMessage>) => onMessage(data);
  const publish: OnMessage = (message) => {
    onMessage(message);
    tabs.postMessage(message);
  };
  const hold = () => holdStream(knownVersion, publish, ended.signal);
  // Without a secure context there are no locks; each tab then has its own stream.
  const held = navigator.locks ? navigator.locks.request(name, { signal: ended.signal }, hold) : hold();
  held.catch(() => undefined);
  return () => {
    ended.abort();
    tabs.close();
  };
}

/**
 * Keeps a stream open until it is ended, with the authorization header that EventSource cannot send. What it missed is asked for when
 * it is back, and now and then while it is down.
 */
async function holdStream(knownVersion: () => string | undefined, publish: OnMessage, ended: AbortSignal) {
  let attempt = new AbortController();
  let lastId = '';
  let hasMissed = false;
  let askedAt = Date.now();
  whenReconnectWanted(() => attempt.abort());

  /** A connection may end without notice. */
  const within = <T>(ms: number, reply: Promise<T>): Promise<T> => {
    const timer = setTimeout(() => attempt.abort(), ms);
    return reply.finally(() => clearTimeout(timer));
  };
  const parser = createParser({
    onEvent({ id, event, data }) {
      lastId = id ?? lastId;
      const payload = JSON.parse(data) as { version: string; changed: string[] | null };
      if (event === 'me') publish({ version: payload.version });
      if (event === 'lists') publish({ lists: payload.changed });
    },
  });

  /** Resolves at the end of the stream to whether the server rejected it: the session or the permission may have ended. */
  async function listen(signal: AbortSignal): Promise<boolean> {
    const headers = { accept: 'text/event-stream', ...(lastId ? { 'last-event-id': lastId } : {}) };
    const address = `/api/events?${new URLSearchParams({ version: knownVersion() ?? '' })}`;
    const response = await within(OPENING_MS, send(address, { headers, cache: 'no-store', signal }));
    // A server error is not a rejection.
    if (!response.ok || !response.body) return response.status < 500;
    reportConnection(true);
    if (hasMissed) publish({ lists: null });
    hasMissed = false;
    parser.reset();
    const reader = response.body
      .pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>)
      .getReader();
    for (;;) {
      const { value, done } = await within(SILENCE_MS, reader.read());
      if (done) return false;
      parser.feed(value);
    }
  }

  while (!ended.aborted) {
    attempt = new AbortController();
    const signal = AbortSignal.any([ended, attempt.signal]);
    const isRejected = await listen(signal).catch(() => false);
    if (ended.aborted) return;
    reportConnection(isRejected);
    hasMissed = true;
    if (isRejected || Date.now() - askedAt > ASK_MS) {
      askedAt = Date.now();
      publish({ version: null });
      publish({ lists: null });
    }
    await pause(isRejected ? ASK_MS : RETRY_MS, signal);
  }
}

const pause = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resume) => {
    if (signal.aborted) return resume();
    const timer = setTimeout(resume, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resume();
    });
  });
