import { useTranslation } from 'react-i18next';
import { chooseLanguage, currentLanguage } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';

/** The other language, named in that language. */
export function LanguageSwitch() {
  const { t } = useTranslation();
  const other = currentLanguage() === 'sv' ? 'en' : 'sv';
  return (
    <Button look="plain" lang={other} onClick={() => void chooseLanguage(other)}>
      {t('language.other')}
    </Button>
  );
}
