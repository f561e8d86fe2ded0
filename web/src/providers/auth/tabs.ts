import { currentMe, onMe } from './session.ts';

/** Tells the other tabs who is signed in, and follows them, by code that is loaded when one of them tells something. */
export function followTabs(): void {
  const tabs = new BroadcastChannel('rolecall.session');
  onMe(() => tabs.postMessage(currentMe()?.user.id ?? null));
  tabs.onmessage = ({ data }: MessageEvent<string | null>) =>
    void import('./follow-tab.ts').then(({ followTab }) => followTab(data)).catch(() => undefined);
}
