/** The live page of the local run: listens to the run and shows what it tells. */
import type { PageHello, PageState } from '../page-state.js';
import { apiCard } from './api-card.js';
import { ask } from './ask.js';
import { Charts } from './charts.js';
import { classCards } from './class-cards.js';
import { byId, setAttribute, setText } from './dom.js';
import { executionsPanel } from './executions-panel.js';
import { showNotes } from './notes-panel.js';
import { showOutcomes } from './outcomes-panel.js';
import { showSlots } from './slots-panel.js';

const cards = byId('cards');
const classes = classCards(cards);
const api = apiCard(cards);
const charts = new Charts();
const executions = executionsPanel();

byId('kill').addEventListener('click', () => void ask({ kind: 'kill' }));

function greet(hello: PageHello): void {
  setText(byId('api'), hello.api);
  document.title = `${hello.api}: live`;
  classes.greet(hello);
  api.greet(hello);
  charts.greet(hello);
}

function show(state: PageState): void {
  setText(byId('sentence'), state.sentence);
  classes.show(state);
  api.show(state);
  charts.show(state);
  showSlots(byId('slots'), state);
  showOutcomes(state);
  showNotes(byId('notes'), state);
  executions.show(state);
}

function tellConnection(state: 'live' | 'lost'): void {
  setText(byId('connection'), state === 'live' ? 'live' : 'not connected: the figures stand still');
  setAttribute(byId('connection'), 'data-state', state);
}

const events = new EventSource('/events');
events.addEventListener('hello', (event: MessageEvent<string>) => {
  greet(JSON.parse(event.data) as PageHello);
});
events.addEventListener('state', (event: MessageEvent<string>) => {
  tellConnection('live');
  show(JSON.parse(event.data) as PageState);
});
events.addEventListener('error', () => tellConnection('lost'));
