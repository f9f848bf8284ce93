// What stays in this browser: what is not checked or saved yet, where slides were left, how one
// likes to watch.

// What is kept under a key; `otherwise` where there is nothing, or nothing that can be read.
function stored(key, otherwise) {
  try {
    return JSON.parse(storage().getItem(key)) ?? otherwise;
  } catch {
    return otherwise; // a private window, or what somebody else wrote
  }
}

// Keep a value; null keeps nothing there.
function store(key, value) {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch { /* a private window, or no room */ }
}

// The keys that begin so.
function storedKeys(prefix) {
  try {
    return Object.keys(storage()).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

const storage = () => window.kitDrafts ?? window.localStorage; // a preview has a store of its own
