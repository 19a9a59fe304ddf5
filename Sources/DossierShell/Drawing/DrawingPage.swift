/// The page around a drawing: it fits the window, follows the light or dark scheme, and is moved with
/// the mouse. It loads nothing.
enum DrawingPage {
  static func html(_ svg: String) -> String {
    """
    <!DOCTYPE html>
    <html lang="en"><head><meta charset="utf-8"><title>Dossier</title>
    <meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark">
    <style>
    html, body { margin: 0; height: 100%; background: #ffffff }
    @media (prefers-color-scheme: dark) { html, body { background: #14171c } }
    svg { display: block; width: 100vw; height: 100vh; cursor: grab; touch-action: none }
    @media print { svg { height: auto } }
    </style></head><body>
    \(svg)<script>
    "use strict";
    const svg = document.querySelector("svg");
    const whole = svg.getAttribute("viewBox").split(" ").map(Number);
    let view = whole.slice();
    const show = () => svg.setAttribute("viewBox", view.join(" "));
    const scale = () => Math.max(view[2] / svg.clientWidth, view[3] / svg.clientHeight);
    svg.addEventListener("wheel", event => {
      event.preventDefault();
      const factor = Math.exp(event.deltaY / 600);
      const x = (event.clientX - svg.clientWidth / 2) * scale() + view[0] + view[2] / 2;
      const y = (event.clientY - svg.clientHeight / 2) * scale() + view[1] + view[3] / 2;
      view = [x - (x - view[0]) * factor, y - (y - view[1]) * factor,
        view[2] * factor, view[3] * factor];
      show();
    }, { passive: false });
    svg.addEventListener("pointermove", event => {
      if (event.buttons !== 1) return;
      const unit = scale();
      view[0] -= event.movementX * unit;
      view[1] -= event.movementY * unit;
      show();
    });
    svg.addEventListener("dblclick", () => { view = whole.slice(); show(); });
    </script></body></html>

    """
  }
}
