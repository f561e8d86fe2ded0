// Runs before the first paint, so that the dark theme never flashes white. A separate file because the CSP allows no inline script.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('rolecall.theme') ?? 'system';
  } catch {}
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
