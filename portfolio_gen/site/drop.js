/* Only in a preview: a file that is dropped on a page is looked at, and goes into the wallet when its owner says so. */
(() => {
  const { token, words } = document.currentScript.dataset;
  if (!token) return;
  const says = JSON.parse(words);

  const make = (name, text, style = {}) => {
    const element = document.createElement(name);
    element.textContent = text;
    Object.assign(element.style, style);
    return element;
  };
  const button = (text, does) => {
    const made = make("button", text, {
      font: "16px/1.25 system-ui, sans-serif", padding: "10px 16px", margin: "4px 8px 0 0", border: "1px solid #1d4a80",
      borderRadius: "6px", background: "#1d4a80", color: "#fff", cursor: "pointer", minHeight: "44px",
    });
    made.type = "button";
    made.addEventListener("click", does);
    return made;
  };

  /* While files are looked at, reload.js waits: a reload would take away what its reader is reading. */
  const busy = (is) => (is ? document.documentElement.setAttribute("data-adding", "") : document.documentElement.removeAttribute("data-adding"));

  const ask = async (what, file) => {
    const headers = { "Content-Type": "application/octet-stream", "X-Portfolio-Token": token, "X-Portfolio-Name": encodeURIComponent(file.name) };
    try {
      const answer = await fetch(`/preview-add/${what}`, { method: "POST", headers, body: file });
      return await answer.json();
    } catch {
      return { problem: says.gone };
    }
  };

  const dialog = document.createElement("dialog");
  dialog.id = "preview-add";
  dialog.setAttribute("aria-label", says.button);
  Object.assign(dialog.style, {
    maxWidth: "44rem", width: "calc(100% - 2rem)", maxHeight: "85vh", overflow: "auto", padding: "1.25rem",
    border: "1px solid #1d4a80", borderRadius: "0.5rem", background: "#fffdf8", color: "#1b2233", font: "16px/1.5 system-ui, sans-serif",
  });
  dialog.addEventListener("close", () => {
    dialog.replaceChildren();
    busy(false);
  });

  const offer = async (file) => {
    const part = make("section", "", { marginBottom: "1.25rem" });
    part.setAttribute("aria-live", "polite");
    part.append(make("p", says.looking.replace("{name}", () => file.name)));
    dialog.append(part);
    const found = await ask("look", file);
    part.replaceChildren(make("h2", file.name, { margin: "0 0 0.5rem", fontSize: "1.2rem", overflowWrap: "anywhere" }));
    const list = make("dl", "", { margin: "0" });
    for (const [about, text] of found.lines ?? []) list.append(make("dt", about, { fontWeight: "600" }), make("dd", text, { margin: "0 0 0.35rem", overflowWrap: "anywhere" }));
    part.append(list);
    const refused = found.problem ?? found.refusal;
    if (refused) {
      part.append(make("p", refused, { fontWeight: "600" }));
      return;
    }
    const row = make("div", "");
    const done = (text) => row.replaceChildren(make("p", text, { fontWeight: "600" }));
    const add = async (event) => {
      event.target.disabled = true;
      const told = await ask("add", file);
      done(told.says ?? told.problem);
    };
    row.append(make("p", found.asks), button(says.yes, add), button(says.no, () => part.remove()));
    part.append(row);
  };

  const open = async (files) => {
    if (!files.length) return;
    busy(true);
    if (!dialog.open) {
      dialog.replaceChildren(button(says.close, () => dialog.close()));
      dialog.showModal();
    }
    for (const file of files) await offer(file);
  };

  /* A page may have a place of its own for files, such as “Check a file”: what it took is not ours. */
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files") && !event.defaultPrevented;
  addEventListener("dragover", (event) => {
    if (hasFiles(event)) event.preventDefault();
  });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    open([...event.dataTransfer.files]);
  });

  const choose = Object.assign(document.createElement("input"), { type: "file", multiple: true, hidden: true });
  choose.addEventListener("change", () => {
    open([...choose.files]);
    choose.value = "";
  });
  const asks = button(says.button, () => choose.click());
  asks.id = "preview-add-file";
  asks.title = says.drop;
  Object.assign(asks.style, { position: "fixed", right: "1rem", bottom: "1rem", zIndex: 98, margin: "0" });
  document.body.append(choose, asks, dialog);
})();
