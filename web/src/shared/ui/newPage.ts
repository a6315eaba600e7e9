/** Whether a page has been asked for whose heading has not come yet. A heading that comes takes the focus, once. */
let isAwaited = false;

export function awaitHeading(): void {
  isAwaited = true;
}

export function focusNewHeading(heading: HTMLElement | null): void {
  if (!isAwaited || !heading) return;
  isAwaited = false;
  heading.focus();
}
