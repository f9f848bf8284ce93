// How often each second was watched: bars under the time line, and the same as a table.

function newStrip(words) {
  const bars = node("div", { class: "kit-media-strip", "aria-hidden": "true" });
  const table = node("table", { class: "kit-media-passes" });
  table.append(node("caption", {}, words.passes));
  const head = node("tr");
  head.append(node("th", { scope: "col" }, words.part), node("th", { scope: "col" }, words.times));
  const rows = node("tbody");
  const top = node("thead");
  top.append(head);
  table.append(top, rows);
  table.hidden = true;

  function show(passes) {
    const parts = partsOf(passes);
    const most = Math.max(2, ...passes);
    bars.innerHTML = "";
    for (const { from, to, times } of parts.filter((part) => part.times)) {
      const bar = node("span");
      bar.style.insetInlineStart = `${(100 * from) / passes.length}%`;
      bar.style.width = `${(100 * (to - from)) / passes.length}%`;
      bar.style.height = `${(100 * times) / most}%`;
      bars.append(bar);
    }
    rows.replaceChildren(...parts.map(({ from, to, times }) => {
      const row = node("tr");
      row.append(node("th", { scope: "row" }, `${clock(from)}–${clock(to)}`), node("td", {}, String(times)));
      return row;
    }));
    table.hidden = !parts.some((part) => part.times);
  }
  return { bars, table, show };
}

// Stretches of seconds that were watched as often.
function partsOf(passes) {
  const parts = [];
  passes.forEach((times, second) => {
    const last = parts.at(-1);
    if (last?.times === times) last.to = second + 1;
    else parts.push({ from: second, to: second + 1, times });
  });
  return parts;
}
