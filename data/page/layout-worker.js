/** The layout of the served page, away from the thread that draws. Posts positions as they settle. */
import { stepper } from "./forces.js";

const STEPS_A_POST = 6;

addEventListener("message", ({ data }) => {
  const step = stepper(data.body, data.heat);
  let goesOn = true;
  while (goesOn) {
    for (let done = 0; goesOn && done < STEPS_A_POST; done += 1) goesOn = step();
    postMessage({ positions: data.body.positions.slice(), done: !goesOn });
  }
});
