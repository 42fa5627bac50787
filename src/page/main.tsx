import { render } from 'preact';
import { watchOffers } from './api/offers.ts';
import { App } from './app.tsx';
import { show } from './state/theme.ts';

show();
watchOffers();
const page = document.getElementById('page');
if (page !== null) render(<App />, page);
