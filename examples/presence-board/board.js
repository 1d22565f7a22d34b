const rows = document.querySelector("#board");
const count = document.querySelector("#count");

// Whatever a sender wrote stays text.
const element = (name, text, className = "") =>
  Object.assign(document.createElement(name), { textContent: text, className });

function row({ participant, device, tag, state, since }) {
  const who = element("td", tag || "no tag");
  who.append(element("small", `${participant} · ${device}`));
  const time = element("time", new Date(since).toLocaleTimeString());
  time.dateTime = new Date(since).toISOString();
  const when = element("td", "");
  when.append(time);
  const line = document.createElement("tr");
  line.append(who, element("td", state, state), when);
  return line;
}

new EventSource("presence").onmessage = ({ data }) => {
  const board = JSON.parse(data);
  const there = board.filter(({ state }) => state === "connected").length;
  count.textContent = board.length === 0 ? "Waiting for the first event." : `${there} of ${board.length} connected`;
  rows.replaceChildren(...board.map(row));
};
