import { openEventStream } from './event-stream.ts';

const NAME = 'rolecall.rights';
const POLL_MS = 30_000;

/** Called with a version of /api/me, or without one when it has to be looked up. */
type OnVersion = (version?: string) => void;

/**
 * Listens to the server for changes of the user's own permissions. Browsers allow few connections to one server for all of their
 * tabs: one tab at a time holds the stream and broadcasts to the others.
 */
export function followPermissions(knownVersion: () => string | undefined, onVersion: OnVersion): () => void {
  const ended = new AbortController();
  const tabs = new BroadcastChannel(NAME);
  tabs.onmessage = ({ data }: MessageEvent<string | null>) => onVersion(data ?? undefined);
  const publish: OnVersion = (version) => {
    onVersion(version);
    tabs.postMessage(version ?? null);
  };
  const hold = () => holdStream(knownVersion, publish, ended.signal);
  // Without a secure context there are no locks; each tab then has its own stream.
  const held = navigator.locks ? navigator.locks.request(NAME, { signal: ended.signal }, hold) : hold();
  held.catch(() => undefined);
  return () => {
    ended.abort();
    tabs.close();
  };
}

/** Keeps a stream open until aborted. While it is down, polls. */
function holdStream(knownVersion: () => string | undefined, publish: OnVersion, ended: AbortSignal): Promise<void> {
  const open = () =>
    openEventStream(() => `/api/events?${new URLSearchParams({ version: knownVersion() ?? '' })}`, {
      event: (name, data) => name === 'me' && publish((JSON.parse(data) as { version: string }).version),
      // The session may have ended.
      rejected: () => publish(),
    });
  let stream = open();
  const timer = setInterval(() => {
    if (stream.state() === 'open') return;
    publish();
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
