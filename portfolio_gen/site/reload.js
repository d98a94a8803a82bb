/* Only in a preview: reloads the page when the site has changed, and shows what is wrong with it. */
(() => {
  const me = document.currentScript;
  const { epoch, request, problem } = me.dataset;
  const page = document.documentElement;
  let left = -Infinity;

  const show = () => {
    const box = document.createElement("div");
    box.id = "preview-problem";
    box.setAttribute("role", "alert");
    box.textContent = problem;
    Object.assign(box.style, {
      position: "fixed", inset: "auto 0 0 0", zIndex: 99, maxHeight: "50vh", overflow: "auto", whiteSpace: "pre-wrap",
      padding: "1rem", font: "14px/1.5 monospace", color: "#fff", background: "#8b1a1a",
    });
    document.body.append(box);
  };

  const wait = async () => {
    let delay = 3000;
    try {
      const answer = await fetch(`/livereload/${epoch}/${request}`);
      const now = await answer.text();
      if (answer.ok && Number(now) !== Number(epoch)) {
        /* To reload would stop a visit to another page that is on its way. */
        while (page.hasAttribute("data-adding") || performance.now() - left < 5000) await new Promise((done) => setTimeout(done, 200));
        location.reload();
        return;
      }
      delay = answer.ok ? 0 : delay;
    } catch {
      /* The server is gone; it may come back. */
    }
    setTimeout(wait, delay);
  };

  addEventListener("beforeunload", () => { left = performance.now(); });
  if (problem) show();
  wait();
})();
