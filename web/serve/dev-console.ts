import type { RequestListener } from 'node:http';
import { startDevServer } from './build.ts';

const OURS = /^\/(api|healthz|readyz|__clerk)(\/|$|\?)/;

/** Serves the console from its sources through Vite's dev server, in front of the API. */
export async function devConsole(): Promise<(api: RequestListener) => RequestListener> {
  const vite = await startDevServer();
  return (api) => (incoming, outgoing) => {
    if (OURS.test(incoming.url ?? '')) api(incoming, outgoing);
    else vite.middlewares(incoming, outgoing);
  };
}
