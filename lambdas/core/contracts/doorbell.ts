/** Body of every bell. Constant, because a bell says "look" and never what: whoever rings reveals nothing by it. */
export const BELL_BODY = 'look';
