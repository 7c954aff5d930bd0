// SPDX-License-Identifier: MIT
//
// The window's page: shows the state, and enables the buttons that do something in it. It is a plain script,
// because a page from a file loads no modules.

type State = import('./state.js').State;
type Command = import('./state.js').Command;

// eslint-disable-next-line no-var -- declares a property of the window
declare var updates: import('./state.js').UpdatesOfWindow;

const possible: Record<State['name'], readonly Command[]> = {
  checking: [],
  'up to date': ['check'],
  downloading: ['cancel', 'later'],
  ready: ['install'],
  cancelled: ['check'],
  failed: ['check'],
};

function textOf(state: State): string {
  switch (state.name) {
    case 'downloading':
      return state.waitingFor === null
        ? `Downloading ${state.version}`
        : `Waiting (${state.waitingFor}) to download ${state.version}`;
    case 'ready':
      return `${state.version} is ready`;
    case 'failed':
      return String(state.error.message);
    default:
      return state.name;
  }
}

function show(state: State): void {
  const [text] = document.getElementsByTagName('p');
  const [bar] = document.getElementsByTagName('progress');
  if (text) text.textContent = textOf(state);
  if (bar) bar.value = state.name === 'downloading' ? state.percent : 0;
  for (const button of document.getElementsByTagName('button')) {
    button.disabled = !possible[state.name].includes(button.id as Command);
  }
}

updates.onState(show);
for (const button of document.getElementsByTagName('button')) {
  button.onclick = () => {
    updates.ask(button.id as Command);
  };
}
