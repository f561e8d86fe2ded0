import { send } from '../../core/api.ts';
import { reportConnection, whenReconnectWanted } from '../../core/connection.ts';

const RETRY_MS = 2_000;
/** The server sends a heartbeat every 15 seconds. */
const SILENCE_MS = 40_000;

type Handlers = {
  opened: () => void;
  /** The stream broke, or could not be opened; it is tried again. */
  lost: () => void;
  event: (name: string, data: string) => void;
  /** The server rejected the request: the session or the permission may have ended. */
  rejected: () => void;
};

/** A stream of server-sent events. Reconnects when it breaks, unless the server rejected it. */
export interface EventStream {
  state(): 'open' | 'trying' | 'rejected';
  close(): void;
}

/**
 * Works like EventSource, but with the authorization header, which EventSource cannot send. The URL is computed for each
 * attempt.
 */
export function openEventStream(address: () => string, on: Handlers): EventStream {
  const closed = new AbortController();
  let state: ReturnType<EventStream['state']> = 'trying';
  let lastId = '';
  let attempt = new AbortController();
  let resume = () => {};
  const stopListening = whenReconnectWanted(() => {
    attempt.abort();
    resume();
  });

  async function listen() {
    const headers = { accept: 'text/event-stream', ...(lastId ? { 'last-event-id': lastId } : {}) };
    attempt = new AbortController();
    const signal = AbortSignal.any([closed.signal, attempt.signal]);
    const response = await send(address(), { headers, cache: 'no-store', signal });
    if (!response.ok || !response.body) {
      // A server error is not a rejection.
      if (response.status < 500) state = 'rejected';
      return;
    }
    state = 'open';
    on.opened();
    reportConnection(true);
    for await (const { name, data, id } of eventsOf(response.body, attempt)) {
      lastId = id ?? lastId;
      if (data !== '') on.event(name, data);
    }
  }

  async function keepListening() {
    while (!closed.signal.aborted) {
      await listen().catch(() => undefined);
      if (closed.signal.aborted) return;
      reportConnection(state === 'rejected');
      if (state === 'rejected') return on.rejected();
      state = 'trying';
      on.lost();
      await new Promise<void>((done) => {
        resume = done;
        setTimeout(done, RETRY_MS);
      });
    }
  }
  void keepListening();
  function close() {
    stopListening();
    closed.abort();
  }
  return { state: () => state, close };
}

/** Aborts the attempt when the server falls silent: a connection may end without notice. */
async function* eventsOf(body: ReadableStream<Uint8Array>, attempt: AbortController) {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let text = '';
  for (;;) {
    const watchdog = setTimeout(() => attempt.abort(), SILENCE_MS);
    const { value, done } = await reader.read().finally(() => clearTimeout(watchdog));
    if (done) return;
    const blocks = (text + value).split(/\r?\n\r?\n/);
    text = blocks.pop() ?? '';
    yield* blocks.map(readEvent);
  }
}

function readEvent(block: string) {
  const event = { name: 'message', data: '', id: undefined as string | undefined };
  for (const line of block.split(/\r?\n/)) {
    const [, field, value = ''] = /^(\w+):? ?(.*)$/.exec(line) ?? [];
    if (field === 'event') event.name = value;
    else if (field === 'id') event.id = value;
    else if (field === 'data') event.data += event.data === '' ? value : `\n${value}`;
  }
  return event;
}
