import type { Page } from 'playwright-core';

/** Collects what a page prints and the requests that leave its host. */
export function listen(page: Page, url: string): string[] {
  const messages: string[] = [];
  page.on('console', (message) => messages.push(`${message.type()}: ${message.text()} ${message.location().url}`));
  page.on('pageerror', (error) => messages.push(`page error: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(data|blob):/.test(request.url()))
      messages.push(`left for ${request.url()}`);
  });
  return messages;
}
