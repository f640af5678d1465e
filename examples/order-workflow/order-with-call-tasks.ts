import {
  Choice,
  Condition,
  Fail,
  type IChainable,
  Map as MapState,
  ProvideItems,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import type { RateLimitedOrchestrator } from 'rate-limited-orchestrator';

const ORDER = '$states.context.Execution.Input.order';

/** A lookup that finds nothing proves that the charge was not made; so often it is made again. */
const LOOKUPS_MAX = 3;

/**
 * An order whose calls are states of its own: what the customer waits for is HIGH, what must not be done twice NORMAL,
 * and the lines are booked when there is room.
 */
export function orderWithCallTasks(scope: Construct, erp: RateLimitedOrchestrator): IChainable {
  const reserve = erp.callTask(scope, 'Reserve stock', {
    operation: 'reserveStock',
    priority: 'HIGH',
    payload: `{% ${ORDER} %}`,
    assign: { reservation: '{% $states.result %}', lookups: 0 },
  });
  const bookLines = bookEachLine(scope, erp);
  return reserve.next(chargeOnce(scope, erp, bookLines));
}

/** Charges the card; where the answer is lost, asks whether it was charged before anything is done again. */
function chargeOnce(scope: Construct, erp: RateLimitedOrchestrator, next: IChainable): IChainable {
  const charge = {
    operation: 'chargeCard',
    priority: 'NORMAL',
    // The order's own: whoever starts this workflow again for the same order charges nothing twice.
    idempotencyKey: `{% 'charge-' & ${ORDER}.id %}`,
  } as const;
  const make = erp.callTask(scope, 'Charge card', {
    ...charge,
    payload: `{% ${ORDER}.payment %}`,
    assign: { charge: '{% $states.result %}' },
  });
  const lookUp = erp.callTask(scope, 'Look up charge', {
    ...charge,
    lookup: true,
    assign: {
      charge: '{% $states.result.executed ? $states.result.result : null %}',
      lookups: '{% $lookups + 1 %}',
    },
  });
  const unknown = Fail.jsonata(scope, 'Charge unknown', {
    comment: 'A person has to look, under the key that the cause names.',
    error: 'LegacyApi.OutcomeUnknown',
    cause: `{% 'nobody can tell whether charge-' & ${ORDER}.id & ' was made' %}`,
  });
  const found = Choice.jsonata(scope, 'Charged?')
    .when(Condition.jsonata('{% $states.input.executed %}'), next)
    .when(Condition.jsonata(`{% $lookups < ${LOOKUPS_MAX} %}`), make)
    .otherwise(unknown);
  make.addCatch(lookUp, { errors: ['LegacyApi.OutcomeUnknown'] });
  lookUp.addCatch(unknown);
  lookUp.next(found);
  return make.next(next);
}

function bookEachLine(scope: Construct, erp: RateLimitedOrchestrator): IChainable {
  const bookLine = erp.callTask(scope, 'Book line', {
    operation: 'bookLine',
    priority: 'BATCH',
    payload: '{% $states.input %}',
  });
  return MapState.jsonata(scope, 'Book lines', {
    items: ProvideItems.jsonata(`{% ${ORDER}.lines %}`),
    maxConcurrency: 10,
    outputs: {
      reservation: '{% $reservation %}',
      charge: '{% $charge %}',
      lines: '{% $states.result %}',
    },
  }).itemProcessor(bookLine);
}
