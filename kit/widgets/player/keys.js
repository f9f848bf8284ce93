// Keys of the whole player, where the focus is in it and nothing is typed. They are those that video
// sites have taught; a button, a slider and a drop-down keep their own.

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];
const SKIP_SECONDS = 10;

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
