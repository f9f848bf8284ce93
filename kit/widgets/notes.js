// The notes beside a lesson: folded, to be read again and printed.

function render({ model, el }) {
  const info = model.get("notes");
  const root = node("div", { class: "kit kit-notes" });
  el.append(root);
  if (info.problem) {
    root.append(node("p", { class: "kit-problem", role: "alert" }, info.problem));
    return () => {};
  }
  const details = node("details");
  details.open = new URLSearchParams(location.search).get("notes") === info.item; // found in the library
  const text = htmlNode("div", info.html);
  text.className = "kit-notes-text";
  for (const table of text.querySelectorAll("table")) {
    const around = node("div", { class: "kit-notes-table", tabindex: "0", role: "group" });
    table.replaceWith(around);
    around.append(table);
  }
  for (const link of text.querySelectorAll('a[href^="http"]')) link.target = "_blank";
  const print = node("button", { type: "button" }, info.words.print);
  print.addEventListener("click", () => printAlone("", [htmlNode("div", info.html)]));
  details.append(node("summary", {}, info.title), text, print);
  root.append(details);
  return () => {};
}

export default { render };
