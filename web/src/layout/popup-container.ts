/** Menus opened from the sheet must live inside it: a modal dialog covers everything else on the page. */
export const popupContainer = (trigger: HTMLElement): HTMLElement => trigger.closest('dialog') ?? document.body;
