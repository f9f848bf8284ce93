// Lines to put in order and to indent: by dragging, by the buttons of each line, or by keys.
// The page is the state: which list a line is in, and where; its steps are in `levels`.

const ORDER_DRAG = { from: 5, step: 36 }; // px: less is a click; so much to the right is one step
const ORDER_ARROW = "M10 15.5v-11M5 9.5l5-5 5 5";
const ORDER_CROSS = "M5.5 5.5l9 9M14.5 5.5l-9 9";
const ORDER_TURNS = { up: 0, indent: 90, down: 180, outdent: 270 };

INPUTS.order = function orderInput({ question, words, promptId, initial, onChange, onCheck }) {
  const { lines, steps_html: steps, choose, levels: deepest } = question.form;
  const element = node("div", { class: "kit-order", "data-lm-suppress-shortcuts": "true" }); // JupyterLab's
  const helpId = `${promptId}-help`;
  const used = lineList("kit-order-used", steps ? words.order_steps : words.order_program);
  const unused = lineList("kit-order-unused", words.order_unused);
  const slot = node("p", { class: "kit-order-slot" });
  const said = node("div", { class: "kit-order-hidden", role: "status" });
  const levels = new Map();
  const rows = lines.map(lineRow);
  let current = null; // whose buttons Tab reaches
  let drag = null;

  function lineList(name, label) {
    const list = node("ol", { class: name, role: "list", "aria-label": label, "aria-describedby": helpId });
    return { list, label: node("div", { class: "kit-check-label", "aria-hidden": "true" }, label) };
  }

  function lineRow(text, index) {
    const row = node("li", { class: "kit-order-line" });
    const id = `${promptId}-line-${index}`;
    const line = steps ? htmlNode("span", steps[index]) : node("code", {}, text);
    line.classList.add("kit-order-text");
    line.id = id;
    const buttons = node("span", { class: "kit-order-buttons", role: "group", "aria-labelledby": id });
    const add = (name, act) => {
      const added = button("", "", () => act(row));
      added.dataset.do = name;
      added.append(...(name === "use" ? [words.use] : [orderIcon(name)]));
      if (name !== "use") for (const attribute of ["aria-label", "title"]) added.setAttribute(attribute, words[name]);
      buttons.append(added);
    };
    add("up", (each) => move(each, -1));
    add("down", (each) => move(each, 1));
    if (deepest) add("outdent", (each) => indent(each, -1));
    if (deepest) add("indent", (each) => indent(each, 1));
    if (choose) add("leave_out", (each) => leaveOut(each));
    if (choose) add("use", (each) => use(each));
    row.append(orderGrip(), node("span", { class: "kit-order-hidden" }), line, buttons);
    return row;
  }

  // What the learner does with a line ---------------------------------------------------------

  const inUse = (row) => used.list.contains(row);

  function move(row, by) {
    const other = by < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!other || !inUse(row)) return;
    if (by < 0) row.after(other); // the other one moves, so that this one keeps the focus
    else row.before(other);
    done(row);
  }

  function indent(row, by) {
    const level = Math.min(Math.max(levels.get(row) + by, 0), deepest);
    if (level === levels.get(row) || !inUse(row)) return;
    levels.set(row, level);
    done(row);
  }

  function use(row) {
    used.list.append(row);
    done(row);
    focusOn(row, "leave_out");
  }

  function leaveOut(row) {
    putAside(row);
    done(row);
    focusOn(row, "use");
  }

  // What is not used keeps its order, so that a line is found where it was.
  function putAside(row) {
    levels.set(row, 0);
    const later = [...unused.list.children].find((each) => rows.indexOf(each) > rows.indexOf(row));
    unused.list.insertBefore(row, later ?? null);
  }

  function done(row) {
    refresh();
    onChange(value());
    const place = inUse(row) ? words.order_place : words.order_aside;
    const level = levels.get(row) ? words.order_level.replace("{n}", levels.get(row)) : "";
    said.textContent = [place.replace("{n}", [...used.list.children].indexOf(row) + 1).replace("{all}", used.list.children.length), level]
      .filter(Boolean).join(", ");
  }

  function refresh() {
    for (const row of rows) {
      row.style.setProperty("--level", levels.get(row));
      row.children[1].textContent = levels.get(row) ? words.order_level.replace("{n}", levels.get(row)) : "";
      const cannot = { up: !row.previousElementSibling, down: !row.nextElementSibling, outdent: levels.get(row) === 0, indent: levels.get(row) === deepest };
      for (const each of row.querySelectorAll("button")) {
        each.hidden = (each.dataset.do === "use") === inUse(row);
        each.setAttribute("aria-disabled", String(Boolean(cannot[each.dataset.do])));
      }
    }
    if (choose) placeSlot();
    reach(current ?? allRows()[0]);
  }

  // Room for one more line, so that what is below stays where it is while lines come and go.
  function placeSlot() {
    slot.textContent = used.list.children.length ? "" : words.order_empty;
    (unused.list.children.length ? used : unused).list.after(slot);
  }

  // Keys --------------------------------------------------------------------------------------

  const allRows = () => [...used.list.children, ...unused.list.children];
  const rowOf = (target) => rows.find((row) => row.contains(target));

  // Tab stops at one line only; from there the arrow keys go on.
  function reach(row) {
    current = row;
    for (const each of rows) for (const its of each.querySelectorAll("button")) its.tabIndex = each === row ? 0 : -1;
  }

  function focusOn(row, what) {
    const own = [...row.querySelectorAll("button:not([hidden])")];
    (own.find((each) => each.dataset.do === what) ?? own[0])?.focus();
  }

  function onKey(event) {
    event.stopPropagation();
    const row = rowOf(event.target);
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (isCtrlEnter(event)) {
      event.preventDefault(); // or it presses the button as well
      onCheck();
    }
    if (!row || !by || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (event.key === "ArrowLeft" || event.key === "ArrowRight") indent(row, by);
    else if (event.altKey) move(row, by);
    else {
      const next = allRows()[allRows().indexOf(row) + by];
      if (next) focusOn(next, event.target.dataset.do);
    }
  }

  // Dragging: a mouse takes a line anywhere, a finger by its grip (elsewhere it scrolls the page).

  function onDown(event) {
    const row = rowOf(event.target);
    if (!row || event.button || event.target.closest("button")) return;
    if (event.pointerType !== "mouse" && !event.target.closest(".kit-order-grip")) return;
    drag = { row, x: event.clientX, y: event.clientY, level: levels.get(row), before: value(), moved: false };
    element.setPointerCapture(event.pointerId);
  }

  function onMove(event) {
    if (!drag) return;
    const right = event.clientX - drag.x;
    if (!drag.moved && Math.hypot(right, event.clientY - drag.y) < ORDER_DRAG.from) return;
    drag.moved = true;
    drag.row.classList.add("kit-order-lifted");
    dragTo(drag.row, event.clientY);
    if (inUse(drag.row)) levels.set(drag.row, Math.min(Math.max(drag.level + Math.round(right / ORDER_DRAG.step), 0), deepest));
    refresh();
    drag.row.scrollIntoView({ block: "nearest" }); // near the edge of the window, the page comes along
  }

  function dragTo(row, y) {
    if (choose && y > unused.label.getBoundingClientRect().top) {
      if (inUse(row)) putAside(row);
      return;
    }
    if (!inUse(row)) used.list.append(row);
    const middle = (each) => each.getBoundingClientRect().top + each.offsetHeight / 2;
    while (row.previousElementSibling && middle(row.previousElementSibling) > y) row.after(row.previousElementSibling);
    while (row.nextElementSibling && middle(row.nextElementSibling) < y) row.before(row.nextElementSibling);
  }

  function onUp() {
    if (!drag) return;
    const { row, before } = drag;
    drag = null;
    row.classList.remove("kit-order-lifted");
    reach(row);
    if (value() !== before) done(row);
  }

  // The answer --------------------------------------------------------------------------------

  const given = () => [...used.list.children].map((row) => [lines[rows.indexOf(row)], levels.get(row)]);
  const atStart = JSON.stringify(choose ? [] : lines.map((text) => [text, 0]));

  function value() {
    const written = JSON.stringify(given());
    return written === atStart ? "" : written;
  }

  function set(written) {
    const left = new Set(rows);
    const placed = [].concat(readJson(written || atStart, [])).flatMap((each) => {
      const [text, level] = Array.isArray(each) ? each : []; // an earlier edition had other answers
      const row = [...left].find((own) => lines[rows.indexOf(own)] === text);
      left.delete(row);
      return row ? [[row, Math.min(Number(level) || 0, deepest)]] : [];
    });
    for (const row of left) {
      if (choose) putAside(row);
      else placed.push([row, 0]);
    }
    for (const [row, level] of placed) {
      levels.set(row, level);
      used.list.append(row);
    }
    refresh();
  }

  element.append(questionNode(question, promptId, "div"));
  if (choose) element.append(used.label, used.list, unused.label, unused.list);
  else element.append(used.list);
  const help = node("p", { class: "kit-check-note", id: helpId }, `${words.order_help} `);
  help.append(node("span", { class: "kit-order-keys" }, deepest ? words.order_keys_indent : words.order_keys));
  element.append(help, said);
  element.addEventListener("focusin", (event) => rowOf(event.target) && reach(rowOf(event.target)));
  element.addEventListener("keydown", onKey);
  element.addEventListener("pointerdown", onDown);
  element.addEventListener("pointermove", onMove);
  for (const end of ["pointerup", "pointercancel"]) element.addEventListener(end, onUp);
  set(initial);
  return { element, value, set };
};

function orderIcon(name) {
  const picture = node("span", { "aria-hidden": "true" });
  const path = name in ORDER_TURNS ? ORDER_ARROW : ORDER_CROSS;
  picture.innerHTML = `<svg viewBox="0 0 20 20" style="rotate: ${ORDER_TURNS[name] ?? 0}deg"><path d="${path}" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  return picture;
}

function orderGrip() {
  const element = node("span", { class: "kit-order-grip", "aria-hidden": "true" });
  const dots = [[7, 5], [13, 5], [7, 10], [13, 10], [7, 15], [13, 15]];
  element.innerHTML = `<svg viewBox="0 0 20 20">${dots.map(([x, y]) => `<circle cx="${x}" cy="${y}" r="1.5" fill="currentColor"/>`).join("")}</svg>`;
  return element;
}
