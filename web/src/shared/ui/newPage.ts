/** Whether a page has been asked for whose heading has not come yet. A heading that comes takes the focus, once. */
let isAwaited = false;
/** The field that one has begun to write in meanwhile, such as the search on a slow network: it keeps the focus. */
let written: EventTarget | null = null;

export function awaitHeading(): void {
  if (isAwaited) return;
  isAwaited = true;
  written = null;
  document.addEventListener('input', noteField, true);
}

/** The page puts the focus elsewhere itself. */
export function forgoHeading(): void {
  isAwaited = false;
  document.removeEventListener('input', noteField, true);
}

export function focusNewHeading(heading: HTMLElement | null): void {
  if (!isAwaited || !heading) return;
  forgoHeading();
  if (written && written === document.activeElement) return;
  // The router puts a new page at its top, and one that is come back to where it was left.
  heading.focus({ preventScroll: true });
}

function noteField({ target }: Event): void {
  written = target;
}
