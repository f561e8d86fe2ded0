import type { NotificationProvider } from '@refinedev/core';
import { createStore } from '../core/store.ts';
import { whenSignedOut } from './auth/session.ts';

export type Notice = {
  key: string;
  tone: 'good' | 'bad';
  title: string;
  detail?: string | undefined;
  requestId?: string | undefined;
  /** Takes back what happened, by a change of its own. */
  undo?: (() => unknown) | undefined;
  /** The page it is about; it vanishes with it. */
  path: string;
};

const notices = createStore<Notice[]>([]);
// The next user is neither told of them nor offered their undo.
whenSignedOut(() => notices.set([]));
const without = (key: string) => notices.get().filter((notice) => notice.key !== key);

export const dismissNotification = (key: string) => notices.set(without(key));

/** Dismisses what other pages notified of. */
export const dismissOtherPages = () => notices.set(notices.get().filter(({ path }) => path === location.pathname));

/** Shows a notification; the same key replaces an earlier one. */
export function notify(notice: Omit<Notice, 'key' | 'path'> & { key?: string }) {
  const key = notice.key ?? crypto.randomUUID();
  notices.set([...without(key), { ...notice, key, path: location.pathname }].slice(-3));
}

export const useNotifications = notices.use;

/** Refine's notifications. Failed reads are shown in place of the data, so only user actions notify. */
export const notificationProvider: NotificationProvider = {
  open: ({ key, message, description, type }) => {
    if (type === 'progress' || key?.endsWith('-notification') === true) return;
    notify({ tone: type === 'error' ? 'bad' : 'good', title: message, detail: description, ...(key ? { key } : {}) });
  },
  close: dismissNotification,
};
