// Print something of the page by itself, on paper of its own.

function printAlone(title, sheets) {
  const paper = node("div", { class: "kit kit-print" });
  paper.append(node("h1", {}, title), ...sheets);
  document.body.append(paper);
  document.body.classList.add("kit-prints");
  const end = () => {
    document.body.classList.remove("kit-prints");
    paper.remove();
  };
  window.addEventListener("afterprint", end, { once: true });
  window.print();
}
