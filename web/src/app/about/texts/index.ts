import { addTexts } from '@/shared/i18n';
import en from './en.json';
import sv from './sv.json';

addTexts('about', { sv, en });
