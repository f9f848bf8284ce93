// Keys of a whole widget, where the focus is in it and nothing is typed; a button, a slider and a
// drop-down keep their own. `commands` are functions by `event.key`, in small letters.
function onKeys(root, commands) {
  root.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const own = event.composedPath()[0];
    if (own.closest?.("input:not([type=range]), select, textarea, [contenteditable], .kit-check")) return;
    const command = commands[event.key.toLowerCase()];
    if (!command) return;
    event.preventDefault();
    event.stopPropagation();
    command();
  });
}
