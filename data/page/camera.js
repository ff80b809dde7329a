/** The window through which the graph is seen: a shift and a scale from the graph's units to pixels. */

const NEAREST = 5;
const FARTHEST = 0.05;

export class Camera {
  constructor() {
    this.x = 0;
    this.y = 0;
    this.scale = 1;
  }

  /** @param {{x: number, y: number}} point */
  toScreen({ x, y }) {
    return { x: x * this.scale + this.x, y: y * this.scale + this.y };
  }

  /** @param {{x: number, y: number}} point */
  toGraph({ x, y }) {
    return { x: (x - this.x) / this.scale, y: (y - this.y) / this.scale };
  }

  /** @param {number} dx @param {number} dy in pixels */
  pan(dx, dy) {
    this.x += dx;
    this.y += dy;
  }

  /**
   * Scale by `factor` and keep the pixel `at` where it is.
   * @param {number} factor @param {{x: number, y: number}} at
   */
  zoom(factor, at) {
    const fixed = this.toGraph(at);
    this.scale = Math.min(NEAREST, Math.max(FARTHEST, this.scale * factor));
    this.x = at.x - fixed.x * this.scale;
    this.y = at.y - fixed.y * this.scale;
  }

  /**
   * The camera that shows all `points` in a window of the size given.
   * @param {{x: number, y: number}[]} points @param {number} width @param {number} height
   * @param {number} [closest] the largest scale to take
   */
  static around(points, width, height, closest = 1.6) {
    const camera = new Camera();
    if (!points.length) return camera;
    const xs = points.map((point) => point.x);
    const ys = points.map((point) => point.y);
    const [left, right] = [Math.min(...xs), Math.max(...xs)];
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)];
    const margin = Math.min(64, width / 8, height / 8);
    const across = (width - 2 * margin) / Math.max(right - left, 1);
    const down = (height - 2 * margin) / Math.max(bottom - top, 1);
    camera.scale = Math.min(closest, Math.max(FARTHEST, Math.min(across, down)));
    camera.x = width / 2 - (camera.scale * (left + right)) / 2;
    camera.y = height / 2 - (camera.scale * (top + bottom)) / 2;
    return camera;
  }

  /** The camera `share` of the way from this one to `other`. @param {Camera} other @param {number} share */
  towards(other, share) {
    const camera = new Camera();
    camera.x = this.x + (other.x - this.x) * share;
    camera.y = this.y + (other.y - this.y) * share;
    camera.scale = this.scale + (other.scale - this.scale) * share;
    return camera;
  }
}
