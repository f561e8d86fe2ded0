export const isLoopbackHost = (host: string) => ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host);

/** Whether what is sent to this URL can be read on the way. */
export const isUnencrypted = (url: string | null | undefined) =>
  url?.startsWith('http:') === true && !isLoopbackHost(new URL(url).hostname);
