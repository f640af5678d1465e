/** The body of every bell. It says "look", never what: a lost, doubled or late bell does no harm. */
export const BELL_BODY = 'look';
