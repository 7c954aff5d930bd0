// SPDX-License-Identifier: MIT
// The main process of an Electron application, with the package beside its bundle, as electron-vite
// leaves it by default, or `inside`.

export default ({ mode }) => ({
  main: {
    build: {
      externalizeDeps: mode !== 'inside',
      rollupOptions: { input: 'try.mjs' },
    },
  },
});
