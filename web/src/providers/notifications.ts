import type { NotificationProvider } from '@refinedev/core';
import { useSyncExternalStore } from 'react';

export type Notice = {
  key: string;
  tone: 'good' | 'bad';
  title: string;
  detail?: string | undefined;
  requestId?: string | undefined;
};

let notices: Notice[] = [];
const listeners = new Set<() => void>();

function publish(next: Notice[]) {
  notices = next;
  for (const listener of listeners) listener();
}

export const dismissNotification = (key: string) => publish(notices.filter((notice) => notice.key !== key));

/** Says something at the edge of the screen; the same key replaces its earlier notice. */
export function notify(notice: Omit<Notice, 'key'> & { key?: string }) {
  const key = notice.key ?? crypto.randomUUID();
  publish([...notices.filter((each) => each.key !== key), { ...notice, key }].slice(-3));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useNotifications = () => useSyncExternalStore(subscribe, () => notices);

/** Refine's own notices. Failed reads are shown where the data would be, so only what people did themselves pops up. */
export const notificationProvider: NotificationProvider = {
  open: ({ key, message, description, type }) => {
    if (type === 'progress' || key?.endsWith('-notification') === true) return;
    notify({ tone: type === 'error' ? 'bad' : 'good', title: message, detail: description, ...(key ? { key } : {}) });
  },
  close: dismissNotification,
};
