// Runs before the first paint, so that the dark theme never flashes white. A separate file because the CSP allows no inline script.
(() => {
  let choice;
  try {
    choice = JSON.parse(localStorage.getItem('rolecall.theme'));
  } catch {}
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
