import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

// The page is served at a folder, which a proxy may choose, and its files in `ui` below it, with names that change with their content.
export default defineConfig({
  plugins: [svelte()],
  base: './',
  build: { outDir: 'dist', assetsDir: '', modulePreload: { polyfill: false } },
  experimental: {
    renderBuiltUrl: (file, { hostType }) => (hostType === 'html' ? `ui/${file}` : { relative: true }),
  },
});
