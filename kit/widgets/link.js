// A page outside of the course. Nothing is asked of it before it is clicked.

function render({ model, el }) {
  const info = model.get("link");
  const { words } = info;
  const root = node("div", { class: "kit kit-link" });
  const link = node("a", { href: info.url, target: "_blank", rel: "noopener noreferrer" }, info.title);
  link.append(node("span", { class: "kit-link-new" }, ` (${words.new})`));
  const offline = node("p", { class: "kit-link-offline", role: "status" });
  root.append(link);
  if (info.about) root.append(node("p", {}, info.about));
  root.append(node("p", { class: "kit-link-host" }, `${info.host} · ${words.needs}`), offline);
  el.append(root);
  const look = () => { offline.textContent = navigator.onLine === false ? words.offline : ""; };
  window.addEventListener("online", look);
  window.addEventListener("offline", look);
  look();
  return () => {
    window.removeEventListener("online", look);
    window.removeEventListener("offline", look);
  };
}

export default { render };
