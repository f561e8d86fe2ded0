import type { LiveEvent, LiveProvider } from '@refinedev/core';

type Subscription = { channel: string; callback: (event: LiveEvent) => void };

/** After a lost connection all consoles come back together; their lists do not. */
const SPREAD_MS = 8_000;
const ANY = '*';
const subscriptions = new Set<Subscription>();
const missed = new Set<string>();

/** Refine's live provider: a channel is the resource of a list, "resources/tenants/<id>/members". */
export const liveProvider = {
  subscribe({ channel, callback }): Subscription {
    const subscription = { channel, callback };
    subscriptions.add(subscription);
    return subscription;
  },
  unsubscribe: (subscription: Subscription) => void subscriptions.delete(subscription),
} satisfies LiveProvider;

function announce(path: string) {
  const channel = `resources/${path}`;
  for (const each of subscriptions)
    if (path === ANY || each.channel === channel || each.channel.startsWith(`${channel}/`))
      each.callback({ channel, type: 'changed', payload: {}, date: new Date() });
}

/** Announces changed lists; null if any may have changed. A hidden tab asks for nothing before it is looked at. */
export function announceLists(paths: string[] | null) {
  if (document.hidden) for (const path of paths ?? [ANY]) missed.add(path);
  else if (paths) paths.forEach(announce);
  else setTimeout(announce, Math.random() * SPREAD_MS, ANY);
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) return;
  const paths = missed.has(ANY) ? [ANY] : [...missed];
  missed.clear();
  paths.forEach(announce);
});
