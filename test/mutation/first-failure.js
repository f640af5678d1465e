import QuickGlobals from '../support/quick-globals.js';

/** Skips what follows the first failure: a mutant is noticed by then. Jest itself stops only between files. */
export default class FirstFailure extends QuickGlobals {
  #failed = false;

  handleTestEvent = ({ name, test }) => {
    if (name === 'test_fn_failure' || name === 'hook_failure') this.#failed = true;
    if (name === 'test_start' && this.#failed) test.mode = 'skip';
  };
}
