import { currentLanguage } from '@/shared/i18n';

/** What the step that is stuck is called in the reader's language: the last part of its path where the diagram names it not. */
export function stepName({ name, nameEn, element }: { name: string; nameEn: string; element: string }): string {
  const called = currentLanguage() === 'sv' ? name : nameEn;
  return called || element.slice(element.lastIndexOf('.') + 1);
}
