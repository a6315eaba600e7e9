import { flushSync } from 'react-dom';

/** Lets a form that is sent show what is wrong with it, and gives the first such field the focus. */
export function showWrong(form: HTMLFormElement, show: () => void): void {
  flushSync(show);
  form.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
}
