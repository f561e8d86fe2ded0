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

/** Shows a notification; the same key replaces an earlier one. */
export function notify(notice: Omit<Notice, 'key'> & { key?: string }) {
  const key = notice.key ?? crypto.randomUUID();
  publish([...notices.filter((each) => each.key !== key), { ...notice, key }].slice(-3));
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useNotifications = () => useSyncExternalStore(subscribe, () => notices);

/** Refine's notifications. Failed reads are shown in place of the data, so only user actions notify. */
export const notificationProvider: NotificationProvider = {
  open: ({ key, message, description, type }) => {
    if (type === 'progress' || key?.endsWith('-notification') === true) return;
    notify({ tone: type === 'error' ? 'bad' : 'good', title: message, detail: description, ...(key ? { key } : {}) });
  },
  close: dismissNotification,
};
