/* Sorting and filtering for tables marked data-sb-table. Without JavaScript the tables are complete as they stand.
 *
 * A heading marked data-sort becomes a button. Cells may carry data-value, by which they sort; otherwise their
 * text does. Words come from the table's data attributes, so that this file holds none.
 */
(() => {
  "use strict"

  const key = (row, column) => {
    const cell = row.cells[column]
    return cell.dataset.value ?? cell.textContent.trim()
  }

  const compare = (a, b) => {
    if (a === "" || b === "") return (a === "") - (b === "")
    const difference = Number(a) - Number(b)
    return Number.isNaN(difference) ? a.localeCompare(b, document.documentElement.lang, { numeric: true }) : difference
  }

  const sortable = (table) => {
    const headings = [...table.tHead.rows[0].cells]
    const body = table.tBodies[0]
    headings.forEach((heading, column) => {
      if (!("sort" in heading.dataset)) return
      const button = document.createElement("button")
      button.type = "button"
      button.className = "sb-sort"
      button.append(...heading.childNodes)
      heading.append(button)
      button.addEventListener("click", () => {
        const descending = heading.getAttribute("aria-sort") === "ascending"
        headings.forEach((other) => other.removeAttribute("aria-sort"))
        heading.setAttribute("aria-sort", descending ? "descending" : "ascending")
        const rows = [...body.rows].map((row) => [key(row, column), row])
        rows.sort(([a], [b]) => (a === "" || b === "" || !descending ? compare(a, b) : compare(b, a)))
        body.append(...rows.map(([, row]) => row))
      })
    })
  }

  const filterable = (table) => {
    const rows = [...table.tBodies[0].rows]
    if (rows.length < 8) return
    const texts = rows.map((row) => row.textContent.toLowerCase())
    const bar = document.createElement("div")
    bar.className = "sb-filter"
    const label = document.createElement("label")
    const input = document.createElement("input")
    input.type = "search"
    input.placeholder = table.dataset.filter
    input.setAttribute("aria-label", table.dataset.filter)
    const count = document.createElement("output")
    const tell = (shown) => {
      count.textContent = table.dataset.count.replace("{shown}", shown).replace("{all}", rows.length)
    }
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean)
      let shown = 0
      rows.forEach((row, index) => {
        row.hidden = !words.every((word) => texts[index].includes(word))
        shown += !row.hidden
      })
      tell(shown)
    })
    tell(rows.length)
    label.append(input)
    bar.append(label, count)
    table.closest(".sb-scroll").before(bar)
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const table of document.querySelectorAll("table[data-sb-table]")) {
      sortable(table)
      filterable(table)
    }
  })
})()
