import '@/shared/theme/tokens.css';
import '@/shared/theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { startTexts } from '@/shared/i18n';
import { App } from './App';

const place = document.getElementById('app');
if (!place) throw new Error('index.html has no element with the id "app".');

await startTexts();
createRoot(place).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
