/** Menus opened from a modal sheet must be inside it, since it covers the rest of the page. */
export const popupContainer = (trigger: HTMLElement): HTMLElement => trigger.closest('dialog') ?? document.body;
