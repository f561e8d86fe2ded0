import { useEffect } from 'react';
import { createStore } from './store.ts';

/** A shorter interruption is not shown. */
const GRACE_MS = 2_500;

const isLost = createStore(false);
// One tab holds the event stream for all of them.
const tabs = new BroadcastChannel('rolecall.connection');
let reconnect = () => {};
let timer: ReturnType<typeof setTimeout> | undefined;

tabs.onmessage = ({ data }: MessageEvent<'open' | 'lost' | 'wanted'>) =>
  data === 'wanted' ? reconnect() : apply(data === 'open');

function apply(isOpen: boolean) {
  if (!isOpen) {
    timer ??= setTimeout(() => isLost.set(true), GRACE_MS);
    return;
  }
  clearTimeout(timer);
  timer = undefined;
  if (isLost.get()) isLost.set(false);
}

/** Takes the state of the event stream, which knows better than the browser whether the server can be reached. */
export function reportConnection(isOpen: boolean) {
  apply(isOpen);
  tabs.postMessage(isOpen ? 'open' : 'lost');
}

export const useIsConnectionLost = isLost.use;

/** Calls back when the server can be reached again. */
export const whenReconnected = (listener: () => void) => isLost.subscribe(() => isLost.get() || listener());

export function useOnReconnect(listener: (() => void) | undefined) {
  useEffect(() => (listener ? whenReconnected(listener) : undefined), [listener]);
}

/** Lets the event stream connect now, in whichever tab it is. Until it has, the server counts as lost. */
export function reconnectNow() {
  apply(false);
  reconnect();
  tabs.postMessage('wanted');
}

/** Sets how to connect now, instead of at the next attempt. */
export function whenReconnectWanted(listener: () => void) {
  reconnect = listener;
}
