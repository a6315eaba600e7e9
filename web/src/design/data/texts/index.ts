import { addTexts } from '@/shared/i18n';
import en from './en.json';
import sv from './sv.json';

addTexts('data', { sv, en });
