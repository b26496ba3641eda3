import { mount } from 'svelte';
import './style/base.css';
import './style/frame.css';
import './style/chart.css';
import './style/table.css';
import './style/details.css';
import './style/sheet.css';
import './style/dialog.css';
import './style/phone.css';
import App from './App.svelte';

mount(App, { target: document.getElementById('app')! });
