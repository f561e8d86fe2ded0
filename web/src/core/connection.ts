import { useEffect } from 'react';
import { createStore } from './store.ts';

/** A shorter interruption is not shown. */
const GRACE_MS = 2_500;

const isLost = createStore(false);
const onReconnect = new Set<() => void>();
const onWanted = new Set<() => void>();
// One tab holds the event stream for all of them.
const tabs = new BroadcastChannel('rolecall.connection');
let timer: ReturnType<typeof setTimeout> | undefined;

tabs.onmessage = ({ data }: MessageEvent<'open' | 'lost' | 'wanted'>) => {
  if (data === 'wanted') for (const reconnect of onWanted) reconnect();
  else apply(data === 'open');
};

function apply(isOpen: boolean) {
  if (!isOpen) {
    timer ??= setTimeout(() => isLost.set(true), GRACE_MS);
    return;
  }
  clearTimeout(timer);
  timer = undefined;
  if (!isLost.get()) return;
  isLost.set(false);
  for (const listener of onReconnect) listener();
}

/** Takes the state of the event stream, which knows better than the browser whether the server can be reached. */
export function reportConnection(isOpen: boolean) {
  apply(isOpen);
  tabs.postMessage(isOpen ? 'open' : 'lost');
}

export const useIsConnectionLost = isLost.use;

/** Calls back when the server can be reached again. */
export function whenReconnected(listener: () => void): () => void {
  onReconnect.add(listener);
  return () => void onReconnect.delete(listener);
}

export function useOnReconnect(listener: (() => void) | undefined) {
  useEffect(() => (listener ? whenReconnected(listener) : undefined), [listener]);
}

/** Lets the event stream connect now, instead of at its next attempt, in whichever tab it is. */
export function reconnectNow() {
  for (const reconnect of onWanted) reconnect();
  tabs.postMessage('wanted');
}

/** Calls back when a connection is wanted now. */
export function whenReconnectWanted(reconnect: () => void): () => void {
  onWanted.add(reconnect);
  return () => void onWanted.delete(reconnect);
}
