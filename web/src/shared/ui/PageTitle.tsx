import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

interface Props {
  children: string;
  /** What stands in the browser's tab when it should say more than the heading. */
  inTab?: string;
}

/** The page's one heading. It names the tab; the shell gives it the focus when the page was reached by a link. */
export function PageTitle({ children, inTab }: Props) {
  const { t } = useTranslation();
  useEffect(() => {
    document.title = `${inTab ?? children} – ${t('product')}`;
  }, [children, inTab, t]);
  return <h1 tabIndex={-1}>{children}</h1>;
}
