import { useTranslation } from 'react-i18next';

/** By how many characters a text is too long, as the server counts them; 0 where it fits. */
export function excessOf(text: string, most: number): number {
  return text.length <= most ? 0 : Math.max(0, [...text].length - most);
}

/** What to say of a text that is too long: nothing is ever cut from what somebody types or pastes. */
export function useTooLong(text: string, most: number): string | undefined {
  const { t } = useTranslation();
  const count = excessOf(text, most);
  return count > 0 ? t('form.tooLong', { count, most }) : undefined;
}
