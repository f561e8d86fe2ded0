import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Hono } from 'hono';
import { startDevServer } from '../../../web/build.ts';
import type { AppEnv } from './env.ts';

/** The console from its sources, through Vite's dev server. */
export async function devConsole(): Promise<(app: Hono<AppEnv>) => void> {
  const vite = await startDevServer();
  return (app) => {
    app.all('*', async (c) => {
      const { incoming, outgoing } = c.env;
      if (!incoming || !outgoing) return c.notFound();
      vite.middlewares(incoming as never, outgoing as never);
      return RESPONSE_ALREADY_SENT;
    });
  };
}
