/** The app's words in Swedish and English. Each workplace brings its own catalogue with its own chunk. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { setApiLanguage } from '@/api/client';
import en from './en.json';
import sv from './sv.json';

export type Language = 'sv' | 'en';

const KEPT_AS = 'stegvis.language';

export const i18n = i18next;

export async function startTexts(): Promise<void> {
  i18n.on('languageChanged', (language: Language) => {
    document.documentElement.lang = language;
    setApiLanguage(language);
  });
  await i18n.use(initReactI18next).init({
    lng: keptLanguage(),
    fallbackLng: false,
    supportedLngs: ['sv', 'en'],
    defaultNS: 'shared',
    resources: { sv: { shared: sv }, en: { shared: en } },
    interpolation: { escapeValue: false },
    returnEmptyString: false,
  });
}

/** Adds the words of one workplace. */
export function addTexts(name: string, texts: Record<Language, object>): void {
  i18n.addResourceBundle('sv', name, texts.sv);
  i18n.addResourceBundle('en', name, texts.en);
}

export function currentLanguage(): Language {
  return i18n.language === 'en' ? 'en' : 'sv';
}

export async function chooseLanguage(language: Language): Promise<void> {
  keep(language);
  await i18n.changeLanguage(language);
}

function keptLanguage(): Language {
  const kept = read();
  if (kept === 'sv' || kept === 'en') return kept;
  return navigator.languages.some((tag) => tag.toLowerCase().startsWith('sv')) || !navigator.language.startsWith('en')
    ? 'sv'
    : 'en';
}

/** Browsers that keep nothing on the device throw. */
function read(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}

function keep(language: Language): void {
  try {
    localStorage.setItem(KEPT_AS, language);
  } catch {
    // It holds as long as the page is open.
  }
}
