import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The page is served below /ui/ with names that change with their content.
export default defineConfig({
  plugins: [svelte()],
  base: '/ui/',
  build: { outDir: 'dist', assetsDir: '', modulePreload: { polyfill: false } },
});
