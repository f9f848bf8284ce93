// The class's page: draws its figures with Plotly, makes long tables ones that can be sorted and
// searched with DataTables, opens lists of learners, and gives tables and figures as files.
// Without this script the tables are all there.

const root = document.getElementById("kit-class");
const words = JSON.parse(root.dataset.words);
const base = root.dataset.base;
const NARROW = 500; // pixels
const TITLE = 56; // pixels that a picture's title takes
const SENTENCES_WITHIN = 400; // milliseconds
const LONG = 11; // rows from which on a table is searched and turned over
const tables = new Map(); // <table> -> { rows, api }
let plotly = null;
let people = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-csv], [data-png]");
  if (button?.dataset.csv) giveCsv(button.dataset.csv);
  if (button?.dataset.png) givePng(button.closest(".kit-figure"), button.dataset.png);
});
// "toggle" does not bubble.
document.addEventListener("toggle", ({ target }) => {
  if (target.matches?.(".kit-who[open]")) listWho(target);
  if (target.matches?.(".kit-behind[open]")) improve(target.querySelector("table"));
}, true);

// The page comes in parts.
new MutationObserver(see).observe(document.getElementById("kit-main"), { childList: true, subtree: true });
new MutationObserver(() => document.querySelectorAll(".kit-plot[data-drawn]").forEach(draw))
  .observe(document.documentElement, { attributes: true, attributeFilter: ["data-kit-theme"] });
see();
// Once it has come Plotly keeps the page busy for a second: sentences that are nearly there go first.
if (document.querySelector("link[rel=preload]")) setTimeout(() => library().catch(() => {}), SENTENCES_WITHIN);

function see() {
  sayStuckFirst();
  for (const plot of document.querySelectorAll(".kit-plot:not([data-seen])")) {
    if (!plot.parentElement.querySelector("[data-png]")) continue; // its numbers are still on their way
    plot.dataset.seen = "";
    draw(plot);
  }
  for (const shown of document.querySelectorAll("div.kit-behind:not([data-seen])")) {
    if (!shown.querySelector("[data-csv]")) continue;
    shown.dataset.seen = "";
    improve(shown.querySelector("table"));
  }
}

// Marks are read sooner than progress, but where learners are stuck is what is read first.
function sayStuckFirst() {
  const [marks, lessons] = document.querySelectorAll("#kit-main > .kit-said");
  if (!lessons || !document.getElementById("kit-people")) return; // it is still on its way
  marks.prepend(...lessons.children);
  lessons.remove();
}

// Figures ----------------------------------------------------------------------------------------

function library() {
  plotly ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = root.dataset.plotly;
    script.onload = () => done(window.Plotly);
    script.onerror = failed;
    document.head.append(script);
  });
  return plotly;
}

async function draw(plot) {
  const figure = plot.closest(".kit-figure");
  try {
    const { data, layout } = coloured(JSON.parse(figure.querySelector("script").textContent));
    const Plotly = await library();
    const heat = data.find((trace) => trace.kit);
    if (heat) explain(heat);
    if (plot.clientWidth < NARROW) narrow(layout, heat);
    await Plotly.react(plot, data, { ...looks(), ...layout, font: { ...looks().font, ...layout.font }, xaxis: { ...axis(), ...layout.xaxis }, yaxis: { ...axis(), ...layout.yaxis } }, { displayModeBar: false, responsive: true });
    if ("drawn" in plot.dataset) return;
    plot.dataset.drawn = "";
    plot.on("plotly_click", ({ points: [point] }) => {
      const key = point.data.kit ? point.data.kit.keys[point.y] : point.customdata;
      showRows(figure.dataset.behind, key);
    });
  } catch (error) {
    console.warn(error);
    plot.textContent = words.failed;
    plot.style.minHeight = "";
  }
}

// On a phone: names of learners would leave no room for what they did.
function narrow(layout, heat) {
  layout.font = { size: 11 };
  if (heat) {
    heat.showscale = false;
    Object.assign(layout.yaxis, { tickvals: [], ticktext: [], title: "" });
    layout.margin.l = 10;
  } else if (layout.legend) {
    layout.margin.t += 50;
    layout.height += 50;
  }
}

// What a place of the map says; 13,000 of these are sooner made here than sent.
function explain(heat) {
  const { columns, rows } = heat.kit;
  heat.text = heat.z.map((row, y) => row.map((share, x) => `${rows[y]}<br>${columns[x]}<br>${share === null ? "–" : `${Math.round(share * 100)} %`}`));
  heat.hoverinfo = "text";
}

function coloured(value) {
  const style = getComputedStyle(document.documentElement);
  const put = (each) => {
    if (typeof each === "string" && each.startsWith("--kit-")) return style.getPropertyValue(each).trim();
    if (Array.isArray(each)) return each.map(put);
    return each && typeof each === "object" ? Object.fromEntries(Object.entries(each).map(([name, inner]) => [name, put(inner)])) : each;
  };
  return put(value);
}

function looks() {
  return coloured({
    paper_bgcolor: "--kit-paper", plot_bgcolor: "--kit-paper", autosize: true, hovermode: "closest",
    font: { color: "--kit-text", family: getComputedStyle(document.body).fontFamily, size: 13 },
    hoverlabel: { bgcolor: "--kit-box", bordercolor: "--kit-control", font: { color: "--kit-text" } },
  });
}

function axis() {
  return coloured({ gridcolor: "--kit-line", linecolor: "--kit-control", fixedrange: true });
}

// As it is on the page, with the title that stands above it there.
async function givePng(figure, name) {
  const Plotly = await library();
  const plot = figure.querySelector(".kit-plot");
  const { width, height: plain } = plot.getBoundingClientRect();
  const height = plain + TITLE;
  const said = [figure.querySelector("figcaption"), simulated()].filter(Boolean).map((each) => each.textContent);
  const layout = {
    ...plot.layout, height,
    margin: { ...plot.layout.margin, t: plot.layout.margin.t + TITLE },
    legend: { ...plot.layout.legend, y: 1 - TITLE / height },
    title: { text: said.join("<br>"), x: 0, y: 1, yanchor: "top", pad: { t: 12, l: 12 }, font: { size: 15 } },
  };
  Plotly.downloadImage({ data: plot.data, layout }, { format: "png", filename: fileName(name), width, height, scale: 2 });
}

// Nobody is to take what is given for that of real people.
function simulated() {
  return document.querySelector(".kit-simulated strong");
}

function fileName(name) {
  return `${simulated() ? "simulated-" : ""}class-${name}`;
}

// Tables -----------------------------------------------------------------------------------------

function known(table) {
  if (!tables.has(table)) tables.set(table, { rows: [...table.tBodies[0].rows], api: null, key: null });
  return tables.get(table);
}

async function improve(table) {
  const own = known(table);
  if (own.rows.length < LONG || own.making) return own.making;
  own.making = (async () => {
    const { default: DataTable } = await import(new URL(root.dataset.tables, location.href));
    own.api = new DataTable(table, {
      order: [], pageLength: 10, autoWidth: false,
      layout: { topStart: "search", topEnd: null, bottomStart: "info", bottomEnd: "paging" },
      language: { search: `${words.search} `, info: words.shown, infoEmpty: "", infoFiltered: "", zeroRecords: words.none,
        aria: { orderable: words.sort, orderableReverse: words.sort, orderableRemove: words.unsort, paginate: words } },
    });
    const wide = table.closest(".dt-layout-table"); // the table alone is moved sideways
    const outer = table.closest(".kit-scroll");
    for (const name of ["tabindex", "role", "aria-label"]) {
      wide.setAttribute(name, outer.getAttribute(name));
      outer.removeAttribute(name);
    }
    own.api.search.fixed("key", (_text, _data, index) => own.key === null || keysOf(own.api.row(index).node()).includes(own.key));
  })();
  return own.making;
}

function keysOf(row) {
  return JSON.parse(row.dataset.keys ?? "[]");
}

// A part of a figure was chosen: the rows behind it.
async function showRows(id, key) {
  const details = document.getElementById(id);
  const table = details.querySelector("table");
  const own = known(table);
  if (details.matches("details")) details.open = true;
  await improve(table);
  own.key = key;
  const shown = own.rows.filter((row) => key === null || keysOf(row).includes(key)).length;
  if (own.api) own.api.draw();
  else for (const row of own.rows) row.hidden = key !== null && !keysOf(row).includes(key);
  const said = details.querySelector(".kit-rows-of");
  said.hidden = key === null;
  said.replaceChildren();
  if (key === null) return;
  const all = document.createElement("button");
  all.type = "button";
  all.className = "kit-button";
  all.textContent = words.all;
  all.addEventListener("click", () => showRows(id, null));
  said.append(`${words.rows_of.replace("{n}", shown)} `, all);
  details.scrollIntoView({ block: "nearest" });
}

function listWho(details) {
  if (details.querySelector("ul")) return;
  people ??= JSON.parse(document.getElementById("kit-people").textContent);
  const assignment = details.dataset.assignment;
  const list = document.createElement("ul");
  for (const place of details.dataset.who.split(" ")) {
    const [id, name, keys] = people[Number(place)];
    const item = document.createElement("li");
    item.append(link(`kit/class?learners=${encodeURIComponent(id)}`, name ? `${name} (${id})` : id));
    if (keys[assignment]) item.append(" · ", link(`formgrader/submissions/${keys[assignment]}/?index=0`, words.submission));
    list.append(item);
  }
  details.append(list);
}

function link(address, text) {
  const element = document.createElement("a");
  element.href = base + address;
  element.textContent = text;
  return element;
}

function giveCsv(name) {
  const table = document.querySelector(`table[data-name="${name}"]`);
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const rows = known(table).rows.map((row) => [...row.cells].map(valueOf));
  const text = [heads, ...rows].map((row) => row.map(field).join(",")).join("\r\n");
  const file = document.createElement("a");
  file.href = URL.createObjectURL(new Blob([`\ufeff${text}\r\n`], { type: "text/csv" }));
  file.download = `${fileName(name)}.csv`;
  file.click();
  URL.revokeObjectURL(file.href);
}

function valueOf(cell) {
  const number = cell.classList.contains("kit-number");
  if (!number) return cell.dataset.order ?? textOf(cell);
  const value = cell.dataset.order ?? textOf(cell);
  return textOf(cell) && value !== "" ? Number(value) : "";
}

function textOf(cell) {
  return (cell.querySelector("summary")?.firstChild ?? cell).textContent.trim();
}

// What begins as a formula does would be run by a spreadsheet; learners chose these texts.
function field(value) {
  if (typeof value === "number") return String(value);
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
