// What stays in this browser: how one likes to watch, and what could not be saved yet.

function stored(key, otherwise) {
  try {
    return JSON.parse(storage().getItem(key)) ?? otherwise;
  } catch {
    return otherwise; // a private window, or what somebody else wrote
  }
}

function store(key, value) {
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
  } catch { /* a private window, or no room */ }
}

const storage = () => window.kitDrafts ?? window.localStorage; // a preview has a store of its own
