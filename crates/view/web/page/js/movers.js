// The buttons that move the picture, for those who do not drag.

export function begin(page) {
  for (const button of document.querySelectorAll("[data-move]"))
    button.addEventListener("click", () => move(page, button.dataset.move));
}

const STEP = { nearer: 0.7, farther: 1 / 0.7 };
function move(page, how) {
  const pose = page.view?.camera;
  if (!pose) return;
  const turned = {
    nearer: () => ({ ...pose, distance_m: pose.distance_m * STEP.nearer }),
    farther: () => ({ ...pose, distance_m: pose.distance_m * STEP.farther }),
    "turn-left": () => ({ ...pose, heading_deg: pose.heading_deg + 30 }),
    "turn-right": () => ({ ...pose, heading_deg: pose.heading_deg - 30 }),
    tilt: () => ({ ...pose, pitch_deg: pose.pitch_deg > 70 ? 24 : pose.pitch_deg > 40 ? 89 : 55 }),
    reset: () => ({ ...pose, heading_deg: 0 }),
  }[how]();
  page.stage.ask({ do: { look: turned } });
}
