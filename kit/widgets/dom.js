// Shared by the widgets' scripts: each is one module, made of this and its own (assets.py).

function node(tag, attributes = {}, text = "") {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  if (text) element.textContent = text;
  return element;
}

function htmlNode(tag, html) {
  const element = node(tag);
  element.innerHTML = html; // made safe in Python (markdown.py)
  return element;
}

function readJson(text, otherwise) {
  try {
    return JSON.parse(text);
  } catch {
    return otherwise;
  }
}

// The address of a page or file of the kit on the server that this page came from, or null where
// there is none, as in VS Code.
function serverUrl(...parts) {
  const config = document.getElementById("jupyter-config-data");
  if (!config) return null;
  const path = parts.flatMap((part) => part.split("/")).map(encodeURIComponent).join("/");
  return new URL(JSON.parse(config.textContent).baseUrl + path, window.location.href).href;
}

// Hear from other tabs that something under a name ("course/lesson/check/") was saved there, and
// tell them.
function otherTabs(name, onSaved) {
  if (!window.BroadcastChannel) return { tell() {}, close() {} };
  const channel = new BroadcastChannel("kit-saved");
  channel.onmessage = ({ data }) => String(data).startsWith(name) && onSaved();
  return { tell: () => channel.postMessage(name), close: () => channel.close() };
}

// Send a message to Python; false where the lesson's code is gone, which the page says elsewhere.
function send(model, message) {
  try {
    model.send(message);
    return true;
  } catch {
    return false;
  }
}

