// Runs before the first paint, so that a dark screen never flashes white. A file of its own because the page allows no inline script.
(() => {
  let choice = 'system';
  try {
    choice = localStorage.getItem('rolecall.theme') ?? 'system';
  } catch {}
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
