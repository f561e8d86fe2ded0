import { openEventStream } from './event-stream.ts';

const POLL_MS = 30_000;

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

/** Keeps a stream open until aborted. While it is down, polls; what it missed is asked for when it is back. */
function holdStream(knownVersion: () => string | undefined, publish: OnMessage, ended: AbortSignal): Promise<void> {
  let wasLost = false;
  const open = () =>
    openEventStream(() => `/api/events?${new URLSearchParams({ version: knownVersion() ?? '' })}`, {
      opened() {
        if (wasLost) publish({ lists: null });
        wasLost = false;
      },
      event(name, data) {
        const payload = JSON.parse(data) as { version: string; changed: string[] | null };
        if (name === 'me') publish({ version: payload.version });
        if (name === 'lists') publish({ lists: payload.changed });
      },
      lost() {
        wasLost = true;
      },
      // The session may have ended.
      rejected: () => publish({ version: null }),
    });
  let stream = open();
  const timer = setInterval(() => {
    if (stream.state() === 'open') return;
    publish({ version: null });
    publish({ lists: null });
    if (stream.state() === 'rejected') stream = open();
  }, POLL_MS);
  return new Promise((resolve) => {
    ended.addEventListener('abort', () => {
      clearInterval(timer);
      stream.close();
      resolve();
    });
  });
}
